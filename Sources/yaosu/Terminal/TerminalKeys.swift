import Foundation
import Glibc

/// Reads keys one by one, without waiting for the end of a line; the terminal is as it was when this goes.
///
/// Safe: the settings are this object's own, and are given to the terminal whole.
@safe final class TerminalKeys {
  private var before = termios()

  /// Takes the keyboard of the terminal; nil where standard input or output is none.
  init?() {
    guard isatty(0) == 1, isatty(1) == 1 else { return nil }
    // SAFETY: the call fills the whole struct, or fails.
    guard unsafe tcgetattr(0, &before) == 0 else { return nil }
    var single = before
    // Ctrl-C comes as a key, so that what it ends leaves the terminal as it was.
    single.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
    // SAFETY: the settings are whole: those of before, but for three flags.
    unsafe _ = tcsetattr(0, TCSANOW, &single)
  }

  deinit {
    // SAFETY: the settings are those that the terminal gave.
    unsafe _ = tcsetattr(0, TCSANOW, &before)
  }

  /// The next key as its first byte; nil at the end of the input.
  func next() -> UInt8? {
    (try? FileHandle.standardInput.read(upToCount: 1))?.first
  }
}
