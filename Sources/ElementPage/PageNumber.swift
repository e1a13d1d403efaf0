/// Numbers as people read them on pages.
package enum PageNumber {
  /// A count with commas: 1,369.
  package static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var out = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return number < 0 ? "−" + out : out
  }

  /// A number with one decimal: 94.3.
  package static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded(.toNearestOrAwayFromZero))
    return (tenths < 0 ? "−" : "") + "\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  /// A share of 0 to 1 in per cent with one decimal; what is not all is never 100.0, and what is not nothing never 0.0.
  package static func percent(_ share: Double) -> String {
    let value = share * 100
    if share < 1, value > 99.9 { return "99.9" }
    return share > 0 && value < 0.1 ? "0.1" : tenths(value)
  }

  /// A place in a drawing, with two decimals at most: where something stands need not be finer.
  static func place(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    let digits = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(rest < 10 ? "0" : "")\(rest)"
    return (hundredths < 0 ? "-" : "") + "\(whole)" + digits
  }
}
