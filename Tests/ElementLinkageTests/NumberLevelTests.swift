import ElementCore
import ElementLinkage
import Testing

/// Numbers as they are compared: the example of GB 11643-1999 and what slips make of it.
struct NumberLevelTests {
  private static let example = "11010519491231002X"

  @Test(
    arguments: [
      (example, .valid), ("110105194912310021", .wrong), ("11010519491331002X", .wrong), ("110105491231002", .legacy),
      ("110105491231998", .wrong), ("1101051949123100", .wrong), ("110105********002X", .masked),
      ("110105＊＊＊＊＊＊＊＊002X", .masked),
      ("", .none), ("C12345678", .none), ("1101051949X2310021", .none), ("110105194912310021234", .none),
      ("******************", .none),
      ("1101*", .none),
    ] as [(String, NumberForm.Kind)])
  func `a number is of the kind that its places make`(_ text: String, _ kind: NumberForm.Kind) {
    #expect(NumberForm(Array(text.utf8).span).kind == kind)
  }

  @Test(
    arguments: [
      (example, example, .same), (example, "110105491231002", .same), ("110105491231002", "110105491231002", .same),
      (example, "440524188001010014", .validDiffer), ("440524188001010014", example, .validDiffer),
      ("110105194912310021", "110105194912310021", .sameWrong), ("1101051949", "1101051949", .sameWrong),
      (example, "110105********002X", .maskFitsShort), (example, "1101051949****002X", .maskFits),
      (example, "110105194912******", .maskFitsShort),
      ("11010519491231****", example, .maskFits), (example, "110105************", .none),
      ("110105194*********", "1********91231002X", .none),
      (example, "110105194912310021", .off1), (example, "11010519491213002X", .off1), (example, "1101051949123102X", .off1),
      ("1101051949123100X", "110105491231002", .off1), (example, "110105194912130021", .off2),
      (example, "11010519491230", .wrongDiffers),
      (example, "1101051949123102", .off2), (example, "320102850607123", .legacyDiffers),
      ("110105491231002", "320102900101123", .legacyDiffers),
      (example, "110105194912319998", .wrongDiffers), (example, "110106********002X", .maskDiffers),
      ("110105194912310021", "11010519491231002*", .maskFits),
      ("110105194912310031", "11010519491231002*", .none), ("110105194912311131", "11010519491231002*", .maskDiffers),
      ("", example, .none),
    ] as [(String, String, NumberLevel)])
  func `a pair of numbers has its level, whichever comes first`(_ one: String, _ other: String, _ level: NumberLevel) {
    let (left, right) = (NumberForm(Array(one.utf8).span), NumberForm(Array(other.utf8).span))
    #expect(NumberLevel(left, right) == level)
    #expect(NumberLevel(right, left) == level)
  }

  @Test(
    arguments: [
      (example, "1949-12-31", false), ("110105491231002", "1949-12-31", false), ("440524188001010014", "1880-01-01", true),
      ("1101051949123100**", "1949-12-31", nil), ("110105********002X", nil, false), ("110105194912310021", nil, nil),
    ] as [(String, String?, Bool?)])
  func `a number tells birth and sex where its places are to be trusted`(_ text: String, _ birth: String?, _ isMale: Bool?) {
    let number = NumberForm(Array(text.utf8).span)
    #expect(number.birth?.text == birth)
    #expect(number.isMale == isMale)
  }
}
