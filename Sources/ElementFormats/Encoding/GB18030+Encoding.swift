import ElementCore

extension GB18030 {
  /// The two-byte code of each character of the Basic Multilingual Plane, 0 where there is none.
  package static let shortCodes = shared.reverseTable()

  /// The four-byte code of each other character of the plane: the decoder turned round, so that both always agree.
  private static let longCodes: [UInt32: [UInt8]] = {
    var codes: [UInt32: [UInt8]] = [:]
    for lead in 0x81...0x84 as ClosedRange<UInt8> {
      for second in 0x30...0x39 as ClosedRange<UInt8> {
        for third in 0x81...0xFE as ClosedRange<UInt8> {
          for fourth in 0x30...0x39 as ClosedRange<UInt8> {
            let code = [lead, second, third, fourth]
            guard let scalar = shared.scalar(code.span, at: 0)?.scalar, codes[scalar] == nil else { continue }
            codes[scalar] = code
          }
        }
      }
    }
    return codes
  }()

  /// Appends a scalar in GB 18030; false where it has no code that is read as the same again: a few of private use, whose
  /// place the edition of 2022 gave to characters.
  package func append(_ scalar: UInt32, to out: inout [UInt8]) -> Bool {
    if scalar < 0x80 {
      out.append(UInt8(scalar))
    } else if scalar >= 0x10000 {
      out += GB18030.beyondPlane(scalar - 0x10000)
    } else if GB18030.shortCodes[Int(scalar)] > 0 {
      out.append(UInt8(GB18030.shortCodes[Int(scalar)] >> 8))
      out.append(UInt8(GB18030.shortCodes[Int(scalar)] & 0xFF))
    } else {
      guard let code = GB18030.longCodes[scalar] else { return false }
      out += code
    }
    return true
  }

  /// The code of the n-th character (from 0) behind the Basic Multilingual Plane.
  private static func beyondPlane(_ number: UInt32) -> [UInt8] {
    [
      UInt8(0x90 + number / 12600), UInt8(0x30 + number / 1260 % 10), UInt8(0x81 + number / 10 % 126),
      UInt8(0x30 + number % 10),
    ]
  }
}
