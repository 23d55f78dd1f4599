/* vectors.c - word vectors of any kind: clinicalml/embeddings, word2vec, GloVe, fastText.
 *
 *     1172 16⏎咳嗽 0.025016785 …⏎         text, with or without its first line
 *     1172 16⏎咳嗽 …                      binary: 16 float32 behind each term
 *
 * vector is a BLOB of float32, little endian, as sqlite-vec takes it. */
#include "list.h"

static const struct dataset_column vectors[] = {
    {"term", TEXT, {"term", "term"}},
    {"vector", BLOB, {"vector", "vector"}},
    {"dim", INTEGER, {"dim", "dim"}},
    {0},
};

const struct dataset dataset_word_vectors = {
    .name = "word_vectors",
    .hints = "word2vec glove fasttext embeddings",
    .table =
        (const struct dataset_table[]){
            {"word_vectors",
             "one row a term; vector: float32, little endian; dim: how many",
             {{.format = &format_vectors_text}, {.format = &format_vectors_binary}},
             vectors},
            {0},
        },
};
