// The macros of zlib that Swift cannot call.
#include <zlib.h>

/// Prepares a stream for gzip members only: 15 bits of window, and 16 for the header and trailer of gzip.
static inline int yaosu_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
