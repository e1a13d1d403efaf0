// The push parser with SAX2 events; nothing that builds trees, opens files or asks the network is used.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
