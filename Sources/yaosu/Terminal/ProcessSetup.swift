import ElementPipeline
import Foundation

/// What the process must be before it does anything.
enum ProcessSetup {
  /// Private files, no core dumps, write errors instead of signals, standard streams that are open, crashes that exit with 70.
  static func run() {
    umask(0o077)
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // A closed standard stream would lend its number to the database file.
    for descriptor in 0...2 as ClosedRange<CInt> where fcntl(descriptor, F_GETFD) < 0 { _ = unsafe open("/dev/null", O_RDWR) }
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(4), &limit)
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE] { signal(number) { _ in _exit(70) } }
    Interruption.listen()
  }
}
