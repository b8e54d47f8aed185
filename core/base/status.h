// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/// @file status.h What went wrong, and the sentence for it

#ifndef CT_BASE_STATUS_H
#define CT_BASE_STATUS_H

/// Result of everything that can fail; zero is success
typedef enum {
  CT_SUCCESS,           ///< All went well
  CT_NO_MEMORY,         ///< Out of memory
  CT_BAD_ARG,           ///< The caller's mistake
  CT_CANNOT_OPEN,       ///< File absent or not readable
  CT_BAD_READ,          ///< Reading failed half-way
  CT_BAD_WRITE,         ///< Writing failed half-way
  CT_REACHED_END,       ///< Fewer bytes left than asked for
  CT_SMF_NOT_MIDI,      ///< No MThd chunk
  CT_SMF_BAD_FORMAT,    ///< Format 2, or one not known
  CT_SMF_BAD_DIVISION,  ///< SMPTE time, or no ticks to the quarter
  CT_SMF_TRUNCATED,     ///< The file ends within a chunk, or tracks are missing
  CT_SMF_LYING_LENGTH,  ///< An event goes past the end of its chunk
  CT_SMF_BAD_EVENT,     ///< An event that cannot be
  CT_SMF_NO_NOTES,      ///< Nothing to play
  CT_SMF_TOO_LARGE,     ///< More notes, a longer time or a longer event than is
                        ///< sensible
  CT_TYPED_BAD_WORD,    ///< A typed melody has a word that is none
  CT_TENSORS_TOO_SHORT, ///< File shorter than its header says
  CT_TENSORS_HEADER_SIZE,   ///< Header larger than is sensible
  CT_TENSORS_NOT_JSON,      ///< Header does not parse
  CT_TENSORS_BAD_ENTRY,     ///< An entry lacks dtype, shape or offsets
  CT_TENSORS_BAD_DTYPE,     ///< An element type we do not read
  CT_TENSORS_BAD_SHAPE,     ///< Shape is not a list of whole numbers
  CT_TENSORS_SIZE_OVERFLOW, ///< Elements times size does not fit
  CT_TENSORS_OUT_OF_RANGE,  ///< Offsets outside the file
  CT_TENSORS_MISALIGNED,    ///< A tensor lies where its elements cannot be read
  CT_TENSORS_OVERLAP,       ///< Two tensors share bytes
  CT_TENSORS_HOLE,          ///< Bytes that belong to no tensor
  CT_TENSORS_DUPLICATE,     ///< Two tensors of one name
  CT_MODEL_NO_METADATA,     ///< No "continuo" in __metadata__
  CT_MODEL_BAD_METADATA,    ///< The metadata is not the JSON we need
  CT_MODEL_BAD_VERSION,     ///< A version of the format we do not know
  CT_MODEL_BAD_KIND,        ///< A kind of network we do not know
  CT_MODEL_MISSING_TENSOR,  ///< A tensor the network needs is absent
  CT_MODEL_EXTRA_TENSOR,    ///< A tensor the network does not know
  CT_MODEL_WRONG_SHAPE,     ///< A tensor does not fit the network
  CT_MODEL_BAD_TABLE,       ///< A table of the codec makes no sense
  CT_MODEL_BAD_OPENING, ///< The music that a model begins from makes no sense
  CT_MODEL_NOT_FINITE,  ///< A weight is infinite or no number
  CT_MODEL_SELF_TEST,   ///< The network does not give the expected logits
  CT_MODEL_NO_ODDS,     ///< A design that does not say how likely what is
  CT_MODEL_NO_WAY,      ///< A design that knows no way from a piece to another
  CT_MODEL_TOO_LARGE,   ///< A file much longer than a model is
  CT_NOT_BASE64,        ///< Text that is not base64
  CT_TAKE_NOT_ONE,      ///< A state that was never a take
  CT_TAKE_NEWER,        ///< A take that says what we do not know
  CT_TAKE_DAMAGED,      ///< A take that has changed since it was saved
  CT_PRESET_NO_NAME,    ///< A preset that does not begin with its name
  CT_PRESET_BAD_NAME,   ///< Empty, too long, or with a control character
  CT_PRESET_BAD_LINE,   ///< A line that is no "symbol = value"
  CT_PRESET_NO_SYMBOL,  ///< A symbol that presets do not know
  CT_PRESET_TWICE,      ///< A symbol that has its value already
  CT_PRESET_BAD_VALUE,  ///< A value that the symbol cannot have
  CT_PRESET_NO_STYLE,   ///< A style that the model has not learnt
  CT_PRESET_TOO_LARGE,  ///< A file much longer than a preset is
  CT_PRESET_ABSENT,     ///< No preset of that name
  CT_PRESET_EXISTS,     ///< Another preset of that name
  CT_SOUNDFONT_NONE,    ///< None was named, and the system has none
  CT_SOUNDFONT_NOT_ONE, ///< A file that was never a SoundFont
  CT_SOUNDFONT_TOO_LARGE, ///< A file larger than a host can bear
  CT_SOUNDFONT_DAMAGED,   ///< A SoundFont that cannot be read to its end
} CtStatus;

/// A sentence, upper case first, without a full stop.
/// @thread any
/// @return Static, never null
const char*
ct_strerror(CtStatus status);

#endif // CT_BASE_STATUS_H
