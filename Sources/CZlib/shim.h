// The macros of zlib that Swift cannot call.
#include <zlib.h>

/// Prepares a stream: 15 bits of window, and 16 for the header and trailer of gzip; negative for no wrapping at all.
static inline int yaosu_inflate_begin(z_stream *stream, int window) { return inflateInit2(stream, window); }

/// Prepares a stream at the usual level, without a wrapping.
static inline int yaosu_deflate_begin(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
