// The macros of zlib that Swift cannot call.
#include <zlib.h>

/// Prepares a stream: 15 bits of window, and 16 for the header and trailer of gzip; negative for no wrapping at all.
static inline int yaosu_inflate_begin(z_stream *stream, int window) { return inflateInit2(stream, window); }
