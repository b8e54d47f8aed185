// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file continuo_models.h The part of continuo.h that is about the user's own
   models, which includes it.

   A model of the user's own is a file NAME.safetensors in a folder, and NAME is
   what it is called everywhere.
*/

#ifndef CONTINUO_CONTINUO_MODELS_H
#define CONTINUO_CONTINUO_MODELS_H

#include "continuo.h"

CONTINUO_BEGIN_DECLS

/**
   @defgroup own_models The user's own models: files in a folder
   @{
*/

/// What the model inside the binary is called where a model is chosen
#define CONTINUO_BUILTIN_MODEL "built-in"

/// A file that is called NAME.safetensors
typedef struct {
  char*          path;     ///< Folder included
  char*          name;     ///< NAME, for continuo_choose_model()
  ContinuoStatus status;   ///< Zero, or why it cannot be played
  char*          title;    ///< What it calls itself; null if it can't be played
  char*          licence;  ///< Of its weights, likewise
  char**         styles;   ///< [n_styles] Their names
  uint32_t       n_styles; ///< Values of CONTINUO_STYLE from 0 on
} ContinuoModelFile;

/**
   The folder of the user's own models.

   @thread main
   @param data_home Value of XDG_DATA_HOME, null or empty if there is none.
   @param home Value of HOME, or null.
   @return Memory for free(), or null if there is no such folder or no memory.
*/
CONTINUO_NODISCARD char*
continuo_model_folder(const char* data_home, const char* home);

/// The same of the environment: on Windows the one below APPDATA.
/// @thread main
CONTINUO_NODISCARD char*
continuo_user_model_folder(void);

/**
   Load all models of a folder, one after the other, and keep what they say of
   themselves; by name.

   @thread main
   @param files Set to an array for continuo_model_files_free().
   @return Zero, and no files if there is no folder.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_model_files_new(const char*         folder,
                         ContinuoModelFile** files,
                         size_t*             n_files);

/// Null is fine.  @thread main
void
continuo_model_files_free(ContinuoModelFile* files, size_t n_files);

/**
   Find a style by its name, in upper or lower case: in the loaded model first,
   and then in the user's own, in their order.

   @thread main
   @param file Set to the file that has it, or to null if the loaded model has.
   @param style Set to the value of CONTINUO_STYLE in that model.
   @return False if none has it.
*/
CONTINUO_NODISCARD bool
continuo_style_find(const Continuo*           self,
                    const ContinuoModelFile*  files,
                    size_t                    n_files,
                    const char*               name,
                    const ContinuoModelFile** file,
                    uint32_t*                 style);

/**
   Play another model, as a session or the user names it; on failure the one in
   use plays on, but the choice is kept for the session.

   A path whose file has gone is looked for in the folder, by the same name: so
   sessions move to where the model is in another place.  A model that is
   playing already goes on as it is.  Where the take restored last was made by
   this model, it is heard again.
   @thread main|worker, a process may run
   @param folder Of continuo_model_folder(), or null for none.
   @param model CONTINUO_BUILTIN_MODEL, NAME in the folder, or the path of a
   file; an empty one changes nothing.
   @param why Set to a sentence that names the model, on failure, and else to an
   empty one.
*/
CONTINUO_NODISCARD ContinuoStatus
continuo_choose_model(Continuo*   self,
                      const char* folder,
                      const char* model,
                      char        why[CONTINUO_WHY_SIZE]);

/**
   What was chosen last, whether or not it could be loaded; never empty.

   @thread any but audio
   @return Memory for free(), or null if there is none left.
*/
CONTINUO_NODISCARD char*
continuo_chosen_model(Continuo* self);

/**
   @}
*/

CONTINUO_END_DECLS

#endif // CONTINUO_CONTINUO_MODELS_H
