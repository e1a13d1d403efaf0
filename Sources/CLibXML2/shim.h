// The push parser with SAX2 events, and the validation of such events by XSD; no document becomes a tree, and nothing that
// opens files or asks the network is used.
//
// A libxml2 built with ICU draws ICU's headers in, and a program cannot know two ICUs: Foundation brings
// one of another version. Only the layout of an encoding handler depends on it, and none is touched here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
