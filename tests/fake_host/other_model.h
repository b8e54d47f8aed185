// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file other_model.h A model that is not the built-in one

#ifndef CONTINUO_TESTS_OTHER_MODEL_H
#define CONTINUO_TESTS_OTHER_MODEL_H

/// What it calls the built-in model's style Beethoven, which is another
/// composer in it
#define OTHER_MODEL_STYLE "Songsmith"

/// Number of that style
#define OTHER_MODEL_STYLE_INDEX 2U

/// Composers that it may have there: models of each play other notes
#define OTHER_MODEL_CHOPIN '5'
#define OTHER_MODEL_SCHUBERT '6'

/// Write it to `path`, or a copy of the file that CONTINUO_OTHER_MODEL names
/// (CONTINUO_ANOTHER_MODEL for Schubert), if that is set; ends the program if
/// it cannot
void
other_model_write(const char* path, char composer);

#endif // CONTINUO_TESTS_OTHER_MODEL_H
