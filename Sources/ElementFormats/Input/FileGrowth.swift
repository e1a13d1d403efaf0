import Dispatch
import ElementCore
import Synchronization

/// How far a file is written that another thread fills, for those who read it meanwhile.
final class FileGrowth: Sendable {
  private struct State: Sendable {
    /// The bytes that are written.
    var written = 0
    var isEnded = false
    var failure: InputError?
    /// Who waits, and for how many bytes.
    var waiting: [(bytes: Int, news: DispatchSemaphore)] = []

    /// Those whose bytes are there, or never will be; they wait no longer.
    mutating func due() -> [DispatchSemaphore] {
      let due = waiting.filter { isEnded || $0.bytes <= written }
      if !due.isEmpty { waiting.removeAll { isEnded || $0.bytes <= written } }
      return due.map(\.news)
    }
  }

  /// How many bytes there will be, by a guess at the beginning.
  private let expected: Int
  private let state = Mutex(State())

  /// A file without bytes.
  init(expected: Int) { self.expected = expected }

  /// How many bytes are written.
  var written: Int { state.withLock { $0.written } }

  /// How many bytes there are at the end, or, as long as more may come, by a guess.
  var expectedNow: Int { state.withLock { $0.isEnded ? $0.written : max(expected, $0.written) } }

  /// Fills a file with what comes of `next`, piece by piece, as long as somebody has the file; `visit` sees each before it can be
  /// read, and nil at the end, and `giveBack` takes it when it was seen.
  func fill(
    _ file: () -> InputFile?, _ visit: ([UInt8]?) -> Void, _ giveBack: (consuming [UInt8]) -> Void,
    _ next: () throws(InputError) -> [UInt8]?
  ) {
    do throws(InputError) {
      while let piece = try next() {
        guard let file = file() else { return }
        try file.append(piece)
        visit(piece)
        add(piece.count)
        giveBack(consume piece)
      }
      visit(nil)
      end()
    } catch {
      end(error)
    }
  }

  /// Tells that so many more bytes are written.
  private func add(_ count: Int) {
    let due = state.withLock { state in
      state.written += count
      return state.due()
    }
    for news in due { news.signal() }
  }

  /// Tells that no more come, or why.
  private func end(_ failure: InputError? = nil) {
    let due = state.withLock { state in
      state.isEnded = true
      state.failure = failure
      return state.due()
    }
    for news in due { news.signal() }
  }

  /// Waits until so many bytes are written, or no more come; how many there are.
  ///
  /// - Throws: why no more came, where they are fewer.
  @discardableResult
  func wait(for bytes: Int) throws(InputError) -> Int {
    while true {
      let (written, failure, news) = state.withLock { state -> (Int, InputError?, DispatchSemaphore?) in
        if state.written >= bytes { return (state.written, nil, nil) }
        if state.isEnded { return (state.written, state.failure, nil) }
        let news = DispatchSemaphore(value: 0)
        state.waiting.append((bytes, news))
        return (state.written, nil, news)
      }
      if let failure { throw failure }
      guard let news else { return written }
      news.wait()
    }
  }
}
