import ElementCore

/// The form of a certificate's number, by the type of the certificate (GA/T 517).
enum CertificateForm {
  /// A citizen number (GB 11643); residence permits of Hong Kong, Macau and Taiwan residents have the same form.
  case citizen
  /// A foreign permanent resident number: 18 digits since 2023, 15 characters before.
  case foreignResident
  /// A travel permit or a passport.
  case document(TravelDocument)
  /// A form that is not known.
  case other

  /// The form that a type asks for.
  init(type: Span<UInt8>) {
    switch type.count == 3 && type.isDigits ? type.number(0..<3) : 0 {
    case 111, 112: self = .citizen
    case 411, 412, 413: self = .document(.chinesePassport)
    case 414: self = .document(.passport)
    case 511, 512: self = .document(.taiwanPermit)
    case 513: self = .document(.exitPermit)
    case 516: self = .document(.hongKongMacauPermit)
    case 553: self = .foreignResident
    default: self = .other
    }
  }
}
