package import ElementCore
import GRDB

/// What a warehouse knows of a day that was recorded, beside the day before: values for a report, without SQL.
package struct QualityReading: Sendable {
  /// The grid code that records without one are put under.
  package static let noGrid = "-"

  /// What records known ÷ records that should be are kept under beside the indicators: 采集率.
  package static let collection = "collection"

  /// What is good, of what was counted.
  package struct Share: Sendable, Hashable {
    /// What is good.
    package let numerator: Int
    /// What was counted; more than 0.
    package let denominator: Int
    /// The quotient, from 0 to 1.
    package var value: Double { Double(numerator) / Double(denominator) }

    /// A share.
    package init(numerator: Int, denominator: Int) { (self.numerator, self.denominator) = (numerator, denominator) }
  }

  /// What of an indicator a share is of.
  package struct Place: Sendable, Hashable, Comparable {
    /// The code of the indicator.
    package let indicator: String
    /// The identifier of the dataset; empty for all.
    package let dataset: String
    /// The grid code; empty for all, `-` for what has none.
    package let grid: String

    /// By indicator, dataset and grid: all three are ASCII, so comparing texts compares bytes.
    package static func < (left: Place, right: Place) -> Bool {
      (left.indicator, left.dataset, left.grid) < (right.indicator, right.dataset, right.grid)
    }

    /// A place.
    package init(_ indicator: String, dataset: String = "", grid: String = "") {
      (self.indicator, self.dataset, self.grid) = (indicator, dataset, grid)
    }
  }

  /// The findings of a kind on the day.
  package struct KindCount: Sendable {
    /// Rule, dataset, field and severity that they share.
    package let kind: FindingKind
    /// Those that the day before had not, by why they came; of the first day without a cause.
    package var new: [LifeCause: Int] = [:]
    /// Those that only the day before had, by why they went.
    package var fixed: [LifeCause: Int] = [:]
    /// Those of both days, or of the first day of all.
    package var persisting = 0
    /// The day on which the oldest that is there was first found.
    package var oldest: CalendarDate

    /// How many there are on the day.
    package var open: Int { new.values.reduce(0, +) + persisting }
  }

  /// What came and went on a day.
  package struct Change: Sendable {
    /// When it came and went.
    package let day: CalendarDate
    /// What was new, by why.
    package var new: [LifeCause: Int] = [:]
    /// What was gone, by why.
    package var fixed: [LifeCause: Int] = [:]
  }

  /// Rows that wait, of a sender and a dataset.
  package struct Waiting: Sendable {
    /// Who sent them; empty for nobody named.
    package let sender: String
    /// The digits of the area that the sender answers for; empty where nobody said.
    package let area: String
    /// The identifier of the dataset.
    package let dataset: String
    /// The days that each waits.
    package let ages: [Int]
  }

  /// A batch between the day before and the day.
  package struct Delivery: Sendable {
    /// Its number, from 1.
    package let batch: Int
    /// `loaded`, `held`, `undone` …
    package let state: String
    /// `load`, `undo`, `regrid` …
    package let kind: String
    /// Who sent it; empty for nobody named.
    package let sender: String
    /// Its files, as they were given.
    package let files: [String]
    /// What became of its rows.
    package let counts: RunCounts
  }

  /// What a roster of grids says of one.
  package struct Grid: Sendable, Hashable {
    /// Its name; empty where nobody said.
    package let name: String
    /// The name of its community; empty where nobody said.
    package let community: String
    /// The name of its street or town; empty where nobody said.
    package let street: String
    /// The digits from the division to the grid, by which a grid lies in an area.
    package let hierarchy: String
  }

  /// Whose rows it is about.
  package var office: ReportOffice = .all
  /// The codes of the grids whose rows it is about; nil for all rows.
  var gridCodes: Set<String>?
  /// What is reported on.
  package let day: QualityDay
  /// The day that was recorded before it; nil for the first.
  package let before: QualityDay?
  /// What the indicators of the day come to.
  package var shares: [Place: Share]
  /// The same of the day before.
  package var sharesBefore: [Place: Share]
  /// The days up to this one, oldest first, thirty at most.
  package var days: [QualityDay]
  /// What the indicators of all came to on those days.
  package var trend: [[String: Share]]
  /// When each of the days was that were ever recorded, by their numbers.
  package let dates: [Int: CalendarDate]
  /// The findings that those days saw.
  package var lives: [LifeGroup]
  /// How much is there, by grid; and how much was there on the day that drifts are held against.
  package var counts: DayCountsByGrid
  /// The rows that wait.
  package var waiting: [Waiting]
  /// The batches since the day before, and those that are held from before; none in the report of a part, for nobody says whose they are.
  package var deliveries: [Delivery]
  /// The packages that left and are not settled, oldest first; none in the report of a part.
  package var packages: [SentPackage]
  /// How many people the rows are of; nil where nobody has joined them, and in the report of a part.
  package var people: PeopleCounts?
  /// The grids that are known, by their codes.
  package var grids: [String: Grid]
  /// The head of the audit chain; nil for none.
  package let auditHead: String?
  /// Whether something was loaded since the day was recorded.
  package let isOutdated: Bool
}

/// No day to report on.
package struct NoQualityDay: Error, Sendable {
  /// The warehouse, as given.
  package let path: String
  /// The day that was asked for; nil for the last.
  package let day: CalendarDate?
  /// Whether days were recorded, but none by the moment that was asked for.
  package var isBefore = false
}

/// A batch that a warehouse does not have.
package struct NoSuchBatch: Error, Sendable {
  /// The warehouse, as given.
  package let path: String
  /// The number that was asked for.
  package let batch: Int
}
