// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "draw.h"

#include "browser.h"
#include "files.h"
#include "paint.h"
#include "theme.h"

#include <stdio.h>

/// The end of a path, as much of it as there is room for
static const char*
tail(NVGcontext* const vg, const char* path, const float width)
{
  nvgFontSize(vg, ED_SMALL);
  while (*path && nvgTextBounds(vg, 0.0F, 0.0F, path, NULL, NULL) > width) {
    do {
      ++path;
    } while (((unsigned char)*path & 0xC0U) == 0x80U); // Within a character
  }
  return path;
}

static void
draw_row(NVGcontext* const        vg,
         const Editor* const      self,
         const EdRect             row,
         const EdFolderRow* const entry,
         const bool               is_chosen)
{
  char name[ED_FILE_NAME_SIZE + 1U];
  (void)snprintf(
    name, sizeof(name), "%s%s", entry->name, entry->is_folder ? "/" : "");
  const EdEntryLook look = {
    row, name, ED_SMALL, entry->is_folder ? ED_TEXT : ED_DIM, is_chosen};
  ed_draw_entry(vg, self, look);
}

static void
draw_rows(NVGcontext* const vg, const Editor* const self, const EdRect rect)
{
  const EdFiles* const files = &self->files;
  nvgSave(vg);
  nvgIntersectScissor(vg, rect.x, rect.y, rect.w, rect.h);
  for (int i = 0; i < files->rows.n_rows; ++i) {
    const EdRect row = {
      rect.x, rect.y + (ED_ROW * (float)i) - files->scroll, rect.w, ED_ROW};
    if (row.y + row.h > rect.y && row.y < rect.y + rect.h) {
      draw_row(vg, self, row, &files->rows.rows[i], i == files->row);
    }
  }
  nvgRestore(vg);
  if (!files->rows.n_rows) {
    ed_text(vg,
            (EdRect){rect.x + ED_GRID, rect.y, rect.w, ED_ROW},
            "Nothing is in this folder",
            ED_SMALL,
            ED_LEFT,
            ed_color(ED_DIM, 1.0F));
  }
}

void
ed_draw_files(NVGcontext* const vg, const Editor* const self)
{
  const EdFiles* const files    = &self->files;
  const EdFilesLayout  layout   = ed_files_layout(self);
  const EdRect         all      = self->layout.browser;
  const bool           is_typed = self->typed.control == ED_SAVE;
  char                 name[ED_TYPED_SIZE + 2U];
  ed_fill(vg, all, ED_CORNER, ed_color(ED_PANEL, 1.0F));
  ed_border(vg, all, ED_CORNER, ed_color(ED_BAR, 1.0F));
  ed_text(vg,
          layout.path,
          tail(vg, files->folder, layout.path.w),
          ED_SMALL,
          ED_LEFT,
          ed_color(ED_TEXT, 1.0F));
  ed_draw_push(vg, self, layout.up, "Up", false);
  draw_rows(vg, self, layout.rows);

  (void)snprintf(name,
                 sizeof(name),
                 "%s%s",
                 is_typed ? self->typed.text
                          : (files->bytes ? files->name : ""),
                 is_typed ? "|" : "");
  if (files->bytes) {
    ed_fill(vg, layout.name, ED_CORNER, ed_color(ED_FIELD, 1.0F));
  }
  ed_text(vg,
          ed_rect_inset(layout.name, ED_GRID / 2.0F),
          name,
          ED_LARGE,
          ED_LEFT,
          ed_color(ED_TEXT, 1.0F));
  ed_draw_push(vg,
               self,
               layout.buttons[ED_FILES_DONE],
               files->bytes ? "Save" : "Open",
               true);
  ed_draw_push(vg, self, layout.buttons[ED_FILES_CANCEL], "Cancel", false);
}
