import ElementCore

/// The codes of repairs, looked up once.
struct FixCodes: Sendable {
  /// White space at the ends.
  let trim = FixTrim.descriptor.code
  /// Another dot for the interpunct.
  let interpunct = FixInterpunct.descriptor.code
  /// Invisible characters.
  let invisible = FixInvisible.descriptor.code
  /// Blanks inside a name.
  let innerSpace = FixInnerSpace.descriptor.code
  /// Radicals for ideographs.
  let radical = FixRadical.descriptor.code
  /// Private-use characters.
  let privateUse = FixPrivateUse.descriptor.code
  let lineBreak = FixLineBreak.descriptor.code
  /// A date in another style.
  let dateStyle = ReadDateStyle.descriptor.code
  /// A month completed from a citizen number.
  let month = ReadMonth.descriptor.code
  /// Degrees written with minutes and seconds.
  let sexagesimal = ReadSexagesimal.descriptor.code
  /// A field filled from others.
  let derived = ReadDerived.descriptor.code
  /// A text that a formula gives.
  let equalsQuoted = FixEqualsQuoted.descriptor.code
  let label = ReadLabel.descriptor.code
}
