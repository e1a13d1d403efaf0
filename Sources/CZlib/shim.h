// The macros of zlib that Swift cannot call.
#include <zlib.h>

/// Prepares a stream: 15 bits of window, and 16 for the header and trailer of gzip; negative for no wrapping at all.
static inline int yaosu_inflate_begin(z_stream *stream, int window) { return inflateInit2(stream, window); }

/// Prepares a stream at the usual level, without a wrapping.
// Level 3 takes a third of the time of the usual 6 over the XML of a workbook, for a fifth more bytes.
static inline int yaosu_deflate_begin(z_stream *stream) {
  return deflateInit2(stream, 3, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
