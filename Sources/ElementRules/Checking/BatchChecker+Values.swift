import ElementCore
import ElementSchema

extension BatchChecker {
  /// Checks one value that is not empty: a word for nothing, what a formula gives as text, or a value of the field's type.
  private mutating func checkValue(_ record: Int, _ spec: FieldSpec, _ value: Span<UInt8>) {
    if ClearWord.isClear(value) { return notes.setCleared(record, spec, value) }
    if let form = NothingWords.form(value, spec.nothing), !plan.checks[spec.index].knows(value) {
      return notes.setNothing(record, spec, value, form)
    }
    if let inner = EqualsQuoted.inner(value) {
      let place = record * notes.out.fieldCount + spec.index
      let start = Int(notes.out.values[place].start)
      notes.out.values[place] = FieldRange(start + inner.lowerBound, start + inner.upperBound)
      notes.addFix(plan.basis.fixCodes.equalsQuoted, record, spec.index, raw: value)
      guard !inner.isEmpty else { return notes.checkEmpty(record, spec) }
      return checkValue(record, spec, value.extracting(inner))
    }
    notes.out.tallies[spec.index].filled += 1
    plan.checks[spec.index].check(&notes, record, spec, value)
  }

  /// Checks the fields one after another, in the order of the dataset.
  mutating func checkFields() {
    let input = notes.out.source.bytes
    for spec in plan.specs { checkField(spec, input.span) }
  }

  /// Checks one field of all records: those that are clean at a glance together, the others one by one.
  private mutating func checkField(_ spec: FieldSpec, _ input: Span<UInt8>) {
    guard spec.column != nil else { return }
    if let column = spec.labelColumn { readLabels(spec, column) }
    var sweep = FieldSweep(spec, width: notes.out.fieldCount, count: notes.out.count)
    plan.checks[spec.index].sweep(&sweep, spec, plan.basis, input, notes.out.values.span)
    notes.out.tallies[spec.index].filled += sweep.clean
    if spec.countsCodes { notes.out.tallies[spec.index].codeCounts = countCodes(spec, input) }
    if sweep.samples > 0 { notes.out.tallies[spec.index].count(samples: sweep.samples) }
    for record in sweep.tricky where notes.out.source.spots[Int(record)].flags.isEmpty {
      let place = Int(record) * notes.out.fieldCount + spec.index
      if notes.unsound[place] { continue }
      let range = notes.out.values[place]
      if range.isEmpty {
        notes.checkEmpty(Int(record), spec)
      } else {
        checkValue(Int(record), spec, input.extracting(range.indices))
      }
    }
  }
}
