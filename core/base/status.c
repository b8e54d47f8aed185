// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "base/status.h"

const char*
ct_strerror(const CtStatus status)
{
  switch (status) {
  case CT_SUCCESS:
    return "Success";
  case CT_NO_MEMORY:
    return "Out of memory";
  case CT_BAD_ARG:
    return "Invalid argument";
  case CT_CANNOT_OPEN:
    return "File cannot be opened";
  case CT_BAD_READ:
    return "File cannot be read";
  case CT_BAD_WRITE:
    return "File cannot be written";
  case CT_REACHED_END:
    return "Data ends too early";
  case CT_SMF_NOT_MIDI:
    return "Not a MIDI file";
  case CT_SMF_BAD_FORMAT:
    return "MIDI file is neither of format 0 nor of format 1";
  case CT_SMF_BAD_DIVISION:
    return "MIDI file has no ticks to the quarter note";
  case CT_SMF_TRUNCATED:
    return "MIDI file ends too early";
  case CT_SMF_LYING_LENGTH:
    return "MIDI event goes past the end of its track";
  case CT_SMF_BAD_EVENT:
    return "MIDI file has an invalid event";
  case CT_SMF_NO_NOTES:
    return "MIDI file has no notes";
  case CT_SMF_TOO_LARGE:
    return "MIDI file is too long or too large";
  case CT_TYPED_BAD_WORD:
    return "A typed melody has only MIDI keys from 0 to 127, _ for held, r for "
           "a rest and / for nothing yet";
  case CT_TENSORS_TOO_SHORT:
    return "Model file ends too early";
  case CT_TENSORS_HEADER_SIZE:
    return "Header of the model file is too large";
  case CT_TENSORS_NOT_JSON:
    return "Header of the model file is not JSON";
  case CT_TENSORS_BAD_ENTRY:
    return "Model file has a tensor without type, shape or offsets";
  case CT_TENSORS_BAD_DTYPE:
    return "Model file has a tensor of an unsupported type";
  case CT_TENSORS_BAD_SHAPE:
    return "Model file has a tensor with an invalid shape";
  case CT_TENSORS_SIZE_OVERFLOW:
    return "Model file has a tensor larger than memory";
  case CT_TENSORS_OUT_OF_RANGE:
    return "Model file has a tensor outside of its data";
  case CT_TENSORS_MISALIGNED:
    return "A tensor lies where its elements cannot be read";
  case CT_TENSORS_OVERLAP:
    return "Model file has tensors that overlap";
  case CT_TENSORS_HOLE:
    return "Model file has data that belongs to no tensor";
  case CT_TENSORS_DUPLICATE:
    return "Model file has two tensors of the same name";
  case CT_MODEL_NO_METADATA:
    return "Model file is not for Continuo";
  case CT_MODEL_BAD_METADATA:
    return "Model file has invalid metadata";
  case CT_MODEL_BAD_VERSION:
    return "Model file is of an unknown version";
  case CT_MODEL_BAD_KIND:
    return "Model file holds an unknown kind of network";
  case CT_MODEL_MISSING_TENSOR:
    return "Model file lacks a tensor that the network needs";
  case CT_MODEL_EXTRA_TENSOR:
    return "Model file has a tensor that the network does not know";
  case CT_MODEL_WRONG_SHAPE:
    return "Tensor shape does not fit the network";
  case CT_MODEL_BAD_TABLE:
    return "Model file has an invalid table of events";
  case CT_MODEL_BAD_OPENING:
    return "Model file has invalid music to begin from";
  case CT_MODEL_NOT_FINITE:
    return "A weight of the model is not a finite number";
  case CT_MODEL_SELF_TEST:
    return "Model does not give the results it was saved with";
  case CT_MODEL_NO_WAY:
    return "This design knows no way from one piece to another";
  case CT_MODEL_NO_ODDS:
    return "This design of a model does not say how likely a note is, so it "
           "cannot score";
  case CT_MODEL_TOO_LARGE:
    return "File is too large for a model";
  case CT_NOT_BASE64:
    return "Text is not base64";
  case CT_TAKE_NOT_ONE:
    return "Saved state is not a take of Continuo";
  case CT_TAKE_NEWER:
    return "Take was saved by a newer version of Continuo";
  case CT_TAKE_DAMAGED:
    return "Saved take is damaged";
  case CT_PRESET_NO_NAME:
    return "Preset does not begin with its name";
  case CT_PRESET_BAD_NAME:
    return "Name of a preset has 1 to 63 bytes on one line";
  case CT_PRESET_BAD_LINE:
    return "Preset has a line that gives no symbol a value";
  case CT_PRESET_NO_SYMBOL:
    return "Preset sets something that there is not";
  case CT_PRESET_TWICE:
    return "Preset sets something twice";
  case CT_PRESET_BAD_VALUE:
    return "Preset has a value that cannot be";
  case CT_PRESET_NO_STYLE:
    return "Preset is of a style that the model does not know";
  case CT_PRESET_TOO_LARGE:
    return "File is too large for a preset";
  case CT_PRESET_ABSENT:
    return "There is no such preset";
  case CT_PRESET_EXISTS:
    return "There is a preset of that name already";
  case CT_SOUNDFONT_NONE:
    return "No SoundFont was found: SOUNDFONT may name one";
  case CT_SOUNDFONT_NOT_ONE:
    return "Not a SoundFont";
  case CT_SOUNDFONT_TOO_LARGE:
    return "SoundFont is larger than a gibibyte";
  case CT_SOUNDFONT_DAMAGED:
    return "SoundFont is damaged";
  }
  return "Unknown error";
}
