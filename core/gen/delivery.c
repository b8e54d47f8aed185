// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

#include "gen/delivery.h"

void
ct_delivery_begin(CtDeliveryCursor* const cursor,
                  const uint32_t          epoch,
                  const CtTick            from,
                  const CtSheet* const    sheet)
{
  const CtSection* const section = ct_sections_find(&sheet->sections, from);
  cursor->epoch                  = epoch;
  cursor->from                   = from < 0 ? 0 : from;
  cursor->tick                   = cursor->from;
  cursor->index = section ? ct_section_find(section, cursor->from) : 0U;
  cursor->told  = INT64_MIN;
  cursor->wish  = ct_sheet_wish_at(sheet, cursor->from) + 1U;
}

void
ct_deliver_wishes(CtDeliveryCursor* const cursor,
                  const CtSheet* const    sheet,
                  const CtTick            until,
                  CtRing* const           expectations)
{
  for (; cursor->wish < sheet->n_wishes &&
         sheet->wishes[cursor->wish].tick < until;
       ++cursor->wish) {
    const CtWish* const wish        = &sheet->wishes[cursor->wish];
    const CtExpectation expectation = {cursor->epoch, *wish};
    if (!ct_settings_alike(&wish[-1].settings, &wish->settings) &&
        !ct_ring_write(expectations, &expectation)) {
      return;
    }
  }
}

/// Deliver the notes of a section before `until`.  @return False if the ring is
/// full
static bool
deliver_section(CtDeliveryCursor* const cursor,
                CtSection* const        section,
                const CtTick            until,
                CtRing* const           deliveries)
{
  for (; cursor->index < section->n_notes; ++cursor->index) {
    const CtNote* const note = &section->notes[cursor->index];
    if (note->tick >= until) {
      return true;
    }
    const CtDelivery delivery = {cursor->epoch, note->tick, true, *note};
    if (note->tick >= cursor->from) {
      if (!ct_ring_write(deliveries, &delivery)) {
        return false;
      }
      section->is_heard = true;
    }
  }
  return true;
}

bool
ct_deliver(CtDeliveryCursor* const cursor,
           const CtTake* const     take,
           const CtTick            until,
           CtRing* const           deliveries)
{
  CtSection* section = NULL;
  while ((section = ct_sections_find(&take->sheet.sections, cursor->tick))) {
    if (!deliver_section(cursor, section, until, deliveries)) {
      return false;
    }
    if (cursor->index < section->n_notes ||
        section->horizon < section->span.end) {
      break;
    }
    cursor->tick  = section->span.end;
    cursor->index = 0U;
  }

  const CtTick     written = ct_take_horizon(take, cursor->tick);
  const CtTick     horizon = written < until ? written : until;
  const CtDelivery news    = {.epoch = cursor->epoch, .horizon = horizon};
  if (horizon > cursor->told) {
    if (!ct_ring_write(deliveries, &news)) {
      return false;
    }
    cursor->told = horizon;
  }
  return true;
}
