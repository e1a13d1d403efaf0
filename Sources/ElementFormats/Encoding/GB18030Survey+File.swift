extension GB18030Survey {
  /// What a file says of GB 18030, or as much of it as has more than so many invalid lines.
  init(of file: InputFile, upTo limit: Int = .max) throws(InputError) {
    var survey = GB18030Survey()
    try file.forEachPiece(while: { survey.invalidLines <= limit }) { survey.add($0.span) }
    survey.finish()
    self = survey
  }
}
