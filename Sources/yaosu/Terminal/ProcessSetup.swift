import ElementPipeline
import Foundation

/// What the process must be before it does anything.
enum ProcessSetup {
  /// Private files, no core dumps, write errors instead of signals, standard streams that are open, crashes that exit with 70.
  static func run() {
    umask(0o077)
    shareHeap()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // A closed standard stream would lend its number to the database file.
    for descriptor in 0...2 as ClosedRange<CInt> where fcntl(descriptor, F_GETFD) < 0 { _ = unsafe open("/dev/null", O_RDWR) }
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(4), &limit)
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE] { signal(number) { _ in _exit(70) } }
    Interruption.listen()
  }

  /// One heap for all threads: they ask for memory a few times a batch, and each would keep what others could use.
  private static func shareHeap() {
    // M_ARENA_MAX of glibc's malloc.h, which its module leaves out; where there is no mallopt, every thread keeps a heap.
    guard let address = unsafe dlsym(nil, "mallopt") else { return }
    // SAFETY: `int mallopt(int, int)`, and its second argument is a number of heaps.
    let setOption = unsafe unsafeBitCast(address, to: (@convention(c) (CInt, CInt) -> CInt).self)
    _ = setOption(-8, 1)
  }
}
