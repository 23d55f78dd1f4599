/* The words of format_dialogue.
 *
 * each   NULL            the consultation
 *        "turns"         every turn of it
 * where  "id" "url"      as the file has them
 *        "faculty"       the text of that section
 *        "diagnosis"     the text of Diagnosis and suggestions
 *        "disease"       the field 疾病
 *        "description"   the fields whose label begins with 病情描述 or 内容, and what stands in
 *                        Description without a label; empty ones add nothing
 *        "fields"        [["疾病","…"],…]: every labelled field of Description, of Diagnosis and
 *                        suggestions, and of Dialogue before its first turn, in the file's order
 *        "turn"          each turn's number in the consultation, from 1
 *        "speaker"       病人 or 医生
 *        "text"          what is said
 *
 * What stands in several places is joined by newlines. Blank lines around a value are dropped, and
 * a CR before an LF; nothing else is. What is nowhere is NULL. */
#ifndef CMED_FORMAT_DIALOGUE_H
#define CMED_FORMAT_DIALOGUE_H

#include "format.h"

#endif
