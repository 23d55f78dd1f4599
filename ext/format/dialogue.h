/* The words of format_dialogue.
 *
 * each   NULL: the consultation; "turns": every turn of it
 * where  "id" "url"                      as the file has them
 *        "faculty" "diagnosis"           the text of those sections
 *        "disease"                       the field 疾病
 *        "description"                   the fields whose label begins with 病情描述 or 内容, and
 * what stands in the section without a label; empty ones add nothing "fields" [["疾病","…"],…]:
 * every labelled field of Description, of Diagnosis and suggestions and of Dialogue before its
 * first turn, in the file's order, also where a label comes again with each "turns": "turn" (from 1
 * in the consultation), "speaker" (病人, 医生), "text"
 *
 * What stands in several places is joined by newlines; blank lines around a value are dropped, a CR
 * before an LF too, and nothing else. What is nowhere is NULL. */
#ifndef CMED_FORMAT_DIALOGUE_H
#define CMED_FORMAT_DIALOGUE_H

#include "format.h"

#endif
