package import ElementCore
package import ElementLinkage
package import ElementSchema
package import ElementWarehouse

/// Why rows are of one person, or are asked about: the members, and the sum of each pair.
package struct LinkageExplanation: Sendable {
  /// A row as it is shown.
  package struct Member: Sendable {
    /// Which row of the warehouse it is.
    package let name: RowName
    /// What its dataset is called.
    package let title: LocalizedText
    /// How it came in; empty for one that is not in.
    package let how: String
    /// Name, number, birth date, telephone and address, masked.
    package let values: [String]
  }

  /// A pair as it is shown.
  package struct Pair: Sendable {
    /// The two rows, by their places among the members.
    package let (left, right): (Int, Int)
    /// The sum.
    package let parts: WeightParts
  }

  /// A row of something else that names somebody by a number: it follows the person and joins nothing.
  package struct Mention: Sendable, Hashable {
    /// Which row of the warehouse it is.
    package let name: RowName
    /// What its dataset is called, and the field that names the person.
    package let title, field: LocalizedText
  }

  /// What is explained, as people call it: P000123, or the number of a question.
  package let subject: String
  /// The rows.
  package let members: [Member]
  /// Their pairs, the likeliest first.
  package let pairs: [Pair]
  /// Rows of something else that name one of them by the number, such as a house its owner.
  package let mentions: [Mention]
  /// By what pairs were weighed.
  package let model: LinkageModel
  /// What is known of the number: its run, and where it went.
  package let history: (state: String, successor: UInt32?, run: Int)?

  /// What a text such as H000012 is the number of; nil for another text.
  package static func kind(_ text: String) -> LinkageKind? {
    guard UInt32(text.dropFirst()) != nil else { return nil }
    return LinkageKind.allCases.first { $0.label(0).utf8.first == text.uppercased().utf8.first }
  }

  /// The number that a text such as P000123 shows, of a kind; nil for another text.
  package static func entity(_ text: String, _ kind: LinkageKind) -> UInt32? {
    self.kind(text) == kind ? UInt32(text.dropFirst()) : nil
  }
}

/// Explains entities and questions of a warehouse.
package struct LinkageExplainer {
  private let pack: SchemaPack
  private let scheme: GridCodeScheme
  private let request: LinkageRequest
  private let today: CalendarDate
  private let unmasks: Bool

  /// An explainer by a model.
  package init(_ pack: SchemaPack, _ scheme: GridCodeScheme, _ request: LinkageRequest, today: CalendarDate, unmasks: Bool) {
    (self.pack, self.scheme, self.request, self.today, self.unmasks) = (pack, scheme, request, today, unmasks)
  }

  /// Explains an entity, two of them, or a question; nil where there is none.
  package func explain(_ subjects: [String], in warehouse: Warehouse) throws -> LinkageExplanation? {
    let kind = request.model.kind
    return try warehouse.readingLinkage(kind: kind.rawValue) { session in
      guard let found = try rows(subjects, session, kind) else { return nil }
      let model = request.model
      var stored = try StoredRowsToLink(
        WarehouseLinkage.datasets(pack, kind), session, scheme, model, today: today, jobs: request.jobs, path: warehouse.path)
      let places = found.rows.map { stored.place($0) }
      var pairs: [LinkageExplanation.Pair]
      if let plan = model.plan {
        let records = ColumnRecords(stored.takeValues(), plan, prior: model.prior, shares: plan.columns.map(\.shares))
        pairs = try Self.pairs(places, records)
      } else {
        pairs = try Self.pairs(places, PersonRecords(stored.takeStore(), model))
      }
      pairs.sort { $0.parts.judgement.weight > $1.parts.judgement.weight }
      return LinkageExplanation(
        subject: found.subject, members: try found.rows.map { try member($0, session) }, pairs: pairs,
        mentions: kind == .person ? try mentions(found.rows, session) : [], model: request.model,
        history: try found.entity.flatMap { try session.history(of: $0) })
    }
  }

  private static func pairs(_ places: [UInt32?], _ records: some LinkableRecords) throws -> [LinkageExplanation.Pair] {
    var pairs: [LinkageExplanation.Pair] = []
    for left in places.indices {
      for right in places.indices.dropFirst(left + 1) {
        guard let one = places[left], let other = places[right] else { continue }
        let parts = records.parts(try records.record(Int(one)), try records.record(Int(other)))
        pairs.append(LinkageExplanation.Pair(left: left, right: right, parts: parts))
      }
    }
    return pairs
  }

  private func rows(
    _ subjects: [String], _ session: LinkageSession, _ kind: LinkageKind
  ) throws -> (subject: String, rows: [RowName], entity: UInt32?)? {
    if subjects.count == 1, let id = Int64(subjects[0]) {
      guard let question = try session.questions().first(where: { $0.id == id }) else { return nil }
      return (subjects[0], [question.link.left, question.link.right], nil)
    }
    var (rows, names, entity): ([RowName], [String], UInt32?) = ([], [], nil)
    for subject in subjects {
      guard let number = LinkageExplanation.entity(subject, kind), let current = try session.current(number) else { return nil }
      rows += try session.members(of: current).map(\.name)
      names.append(kind.label(current))
      entity = subjects.count == 1 ? current : nil
    }
    return (names.joined(separator: " × "), rows, entity)
  }

  /// The most rows of one dataset that are told; more of them name nobody in particular.
  private static var mostMentions: Int { 20 }

  /// Rows that name the person of some rows by a sound number, in fields that are not their own number. Datasets in which standing says something sensitive are
  /// left out: that somebody is named there would be told.
  private func mentions(_ rows: [RowName], _ session: LinkageSession) throws -> [LinkageExplanation.Mention] {
    var numbers: Set<String> = []
    for name in rows {
      guard let dataset = pack.dataset(name.dataset), let field = dataset.linkage?.field(.number) else { continue }
      let value = try session.values(dataset, [field], of: [name.row])[name.row]?.first ?? ""
      if NumberForm(Array(value.utf8).span).isSound { numbers.insert(value) }
    }
    var mentions: [LinkageExplanation.Mention] = []
    for dataset in pack.datasets where dataset.restriction == nil && !dataset.isSensitive {
      let own = dataset.linkage?.kind == .person ? dataset.linkage?.roles[.number] ?? [] : []
      let fields = dataset.fields.indices.filter { dataset.fields[$0].type == .citizenId && !own.contains($0) }
      if fields.isEmpty { continue }
      for number in numbers.sorted() {
        let found = try session.rows(dataset, holding: number, in: fields).filter {
          !rows.contains(RowName(dataset.name, $0.row))
        }
        mentions += found.prefix(Self.mostMentions).map { row, field in
          LinkageExplanation.Mention(
            name: RowName(dataset.name, row), title: dataset.title,
            field: LocalizedText(zh: dataset.fields[field].title, en: dataset.fields[field].english))
        }
      }
    }
    return mentions
  }

  private func member(_ name: RowName, _ session: LinkageSession) throws -> LinkageExplanation.Member {
    let dataset = pack.dataset(name.dataset)
    let roles: [(LinkageRole, MaskKind)] = [
      (.name, .name), (.number, .identifier), (.birth, .date), (.phone, .phone), (.address, .address),
    ]
    let fields = roles.map { dataset?.linkage?.field($0.0) }
    let known = fields.compactMap { $0 }
    let found = try dataset.flatMap { try session.values($0, known, of: [name.row])[name.row] } ?? []
    let values = zip(roles, fields).map { role, field -> String in
      guard let field, let place = known.firstIndex(of: field), place < found.count else { return "" }
      return unmasks ? found[place] : Masking.mask(found[place], sensitivity: .personal, kind: role.1)
    }
    let how =
      try session.entity(of: name).flatMap { entity in try session.members(of: entity).first { $0.name == name }?.how } ?? ""
    return LinkageExplanation.Member(
      name: name, title: dataset?.title ?? LocalizedText(zh: name.dataset, en: name.dataset), how: how, values: values)
  }
}
