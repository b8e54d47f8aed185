# Copyright 2026 The Continuo authors
# SPDX-License-Identifier: ISC
"""What compare.py found, as Markdown."""

import numpy as np

import copies
import metrics

ALLOWED = 0.3  # gap z over the floor
FAR = 0.5  # sd: nearer than this is near, whatever chance would do

COMPACT = [*metrics.GATE]
MORE = ["H4", "POLY3", "DENSsd", "PITCH", "LENGTH", "STEP"]
RETURNS = ["recall1", "recall2", "recall4", "recall8", "recall16", "rhythm1", "rhythm2", "rhythm4", "rhythm8", "rhythm16", "again"]
PHRASES = ["held8", "held4", "held-", "tonic8", "tonic4", "tonic-", "cadence8", "cadence4", "cadence-", "cadence"]
DRIFTS = ["drift", "silence", "pause", "LOOP", "run"]
JUDGED = COMPACT + MORE + RETURNS + PHRASES + DRIFTS


def number(x):
    return "-" if np.isnan(x) else f"{x:.2f}" if abs(x) < 10 else f"{x:.1f}"


def pair(a, b):
    return f"{number(a)} / {number(b)}"


def table(header, rows):
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in [header, ["---"] * len(header), *rows]) + "\n"


def means(known, sets, names):
    """Rows of `generated / real` by style, and of their means."""
    rows, sums = [], []
    for style, one in sets.items():
        values = [(metrics.mean(one.rows, n), metrics.mean(known[style].real.rows, n)) for n in names]
        sums.append(values)
        rows.append([style, *(pair(*v) for v in values)])
    average = [[np.nanmean(column) if not np.isnan(column).all() else np.nan for column in side] for side in np.array(sums).transpose(2, 1, 0)]
    return [*rows, ["mean", *(pair(a, b) for a, b in zip(*average))]]


def gaps(known, sets):
    rows, all_z = [], []
    for style, one in sets.items():
        reference = known[style]
        z, _ = metrics.gap(one.rows, reference.real.rows, reference.spread)
        floor = reference.floor.mean()
        all_z.append((z, floor))
        count = f"{len(reference.real)}{'*' if reference.mixed else ''} of {len(np.unique(reference.real.pieces))}"
        verdict = "yes" if z <= floor + ALLOWED else "no"
        rows.append([style, count, number(z), number(floor), number(np.percentile(reference.floor, 95)), verdict])
    z, floor = np.mean(all_z, axis=0)
    rows.append(["mean", "", number(z), number(floor), "", f"{sum(r[-1] == 'yes' for r in rows)} of {len(rows)}"])
    return rows, z, floor


def shapes(known, sets):
    rows = []
    for style, one in sets.items():
        reference = known[style]
        ours, floor = reference.shapes(one), reference.shapes_floor
        real = reference.real.take(range(min(len(one), len(reference.real))))
        rows.append([style, f"{ours[0]:.3f} / {floor[0]:.3f}", f"{ours[1]:.2f} / {floor[1]:.2f}", f"{metrics.diversity(one.excerpts):.4f} / {metrics.diversity(real.excerpts):.4f}"])
    return rows


def loops(known, sets):
    rows = []
    for style, one in sets.items():
        row = [style]
        for name in ("LOOP", "run", "again"):
            ours, real = one.values(name), known[style].real.values(name)
            row.append(f"{number(np.mean(ours))}, {number(np.max(ours))} / {number(np.mean(real))}, {number(np.percentile(real, 95))}")
        ours, real = one.values("drift"), known[style].real.values("drift")
        row.append(f"{np.mean(ours):+.2f} ± {np.std(ours):.2f} / {np.mean(real):+.2f} ± {np.std(real):.2f}")
        for name in ("silence", "pause"):
            ours, real = one.values(name), known[style].real.values(name)
            row.append(f"{number(np.mean(ours))}, {number(np.max(ours))} / {number(np.mean(real))}, {number(np.percentile(real, 95))}")
        rows.append(row)
    return rows


def endings_of(known, endings):
    names = ["end tonic", "end held", "end beat"]
    return names, [[style, *(pair(metrics.mean(mine, n), metrics.mean(known[style].endings, n)) for n in names)] for style, mine in endings.items()]


def copied(known, sets, trained):
    """-> rows by style, lines that name the longest copies."""
    rows, quotes = [], []
    for style, one in sets.items():
        row, real = [style], known[style].valid.copies
        for kind in copies.KINDS:
            ours = np.array([c[kind]["run"] for c in one.copies])
            theirs = np.array([c[kind]["run"] for c in real]) if real else np.array([np.nan])
            for runs in (ours, theirs):
                row.append(f"{np.median(runs):.0f}, {np.percentile(runs, 95):.0f}, {np.max(runs):.0f}")
            key = f"{copies.NGRAMS[1]}-grams"
            row.append(pair(*(np.mean([c[kind][key] for c in some]) if some else np.nan for some in (one.copies, real))))
        rows.append(row)
        kind, i = max(((k, i) for k in copies.KINDS for i in range(len(one))), key=lambda at: one.copies[at[1]][at[0]]["run"])
        best = one.copies[i][kind]
        if best["run"]:
            quotes.append(f"- {one.excerpts[i].name}, bar {best['bar']}: {best['run']} notes ({kind}) of {trained[best['piece']]}")
    return rows, quotes


def differences(known, sets):
    """-> style -> [(name, deviation in sd)], those beyond FAR and beyond what 95 % of as many real
    excerpts would show; farthest first.  And name -> all deviations."""
    by_style, by_name = {}, {name: [] for name in JUDGED}
    for style, one in sets.items():
        found = []
        for name in JUDGED:
            far = known[style].far(one.rows, name)
            if np.isnan(far):
                continue
            is_far = abs(far) > FAR and abs(far) > known[style].chance(name)
            by_name[name].append((far, is_far))
            if is_far:
                found.append((name, far))
        by_style[style] = sorted(found, key=lambda f: -abs(f[1]))
    return by_style, by_name


def header(title, about):
    how = f", settings {' '.join(about['set'])}" if about["set"] else ""
    return [
        "<!--\nCopyright 2026 The Continuo authors\nSPDX-License-Identifier: ISC\n-->\n",
        f"# {title}\n",
        f"Written by `models/compare.py`: {about['pieces']} pieces a style by {about['model'] or 'the built-in model'}{how}, of {about['bars']} bars or, where the held-out "
        "pieces are shorter, of as many as those have, against excerpts of held-out music of the same composer and ensemble. "
        "Pairs are generated / real. `models/metrics.py`, `form.py` and `copies.py` say what the columns are.\n",
    ]


def report(known, sets, endings, trained, about):
    by_style, by_name = differences(known, sets)
    gap_rows, z, floor = gaps(known, sets)
    copy_rows, quotes = copied(known, sets, trained)
    text = header("How far what it plays is from real music", about)
    text.append(f"Gap z {z:.2f}, of real against real {floor:.2f}; aim: within {ALLOWED} of that.\n")
    text.append("## What is far from real\n")
    text.append(f"More than {FAR} sd of real excerpts away, and farther than 95 % of as many real excerpts are; in sd, farthest first.\n")
    text.append(table(["style", "too much or too little"], [[style, ", ".join(f"{n} {far:+.1f}" for n, far in found) or "-"] for style, found in by_style.items()]))
    rows = []
    for name, fars in by_name.items():
        low, high = (sum(is_far and far * sign > 0 for far, is_far in fars) for sign in (-1, 1))
        if low + high:
            rows.append((low + high, [name, f"{np.mean([far for far, _ in fars]):+.2f}", low, high]))
    text.append(table(["measure", "mean deviation (sd)", "styles too low", "too high"], [row for _, row in sorted(rows, key=lambda r: -r[0])]))
    text.append("## Gap z\n\nThe floor is the mean, and the 95th percentile, of as many training excerpts. *: too little held-out music, so both splits together.\n")
    text.append(table(["style", "real excerpts, pieces", "z", "floor", "95 %", f"within {ALLOWED}"], gap_rows))
    for title, names in (("Compact set", COMPACT), ("Texture", MORE), ("Returns", RETURNS), ("Phrase ends and cadences", PHRASES)):
        text.append(f"## {title}\n\n" + table(["style", *names], means(known, sets, names)))
    text.append("## Endings\n")
    names, rows = endings_of(known, endings)
    text.append(table(["style", *names], rows))
    text.append("## Loops, drift and silence\n\nMean, most / real mean, 95th percentile; drift with its sd. silence and pause in bars.\n")
    text.append(table(["style", "LOOP", "run", "again", "drift", "silence", "pause"], loops(known, sets)))
    text.append("## Distributions\n\nHIST (bits) and OA: ours / of as many training excerpts.\n")
    text.append(table(["style", "HIST", "OA", "DIV"], shapes(known, sets)))
    text.append("## Copied from the training split\n\nNotes in the longest run of an excerpt: median, 95th percentile, most; and the share of notes from which 12 go on as in the training split.\n")
    columns = [c for kind in copies.KINDS for c in (f"{kind}, ours", f"{kind}, held-out", f"{kind}, 12 notes")]
    text.append(table(["style", *columns], copy_rows))
    text.append("The longest of each style:\n\n" + "\n".join(quotes) + "\n")
    return "\n".join(text)


def settings(known, sets, about):
    text = header("Settings side by side", about)
    columns, rows, signed = list(known), [], []
    for name, styles in sets.items():
        z, parts = {}, {m: [] for m in metrics.GATE}
        for style, one in styles.items():
            z[style], far = metrics.gap(one.rows, known[style].real.rows, known[style].spread)
            for metric, value in far.items():
                parts[metric].append(np.clip(value, -metrics.MOST_Z, metrics.MOST_Z))
        rows.append([name or "as it is", number(np.mean(list(z.values()))), *(number(z[s]) for s in columns)])
        loop, silence = (np.mean([one.values(key).mean() for one in styles.values()]) for key in ("LOOP", "silence"))
        signed.append([name or "as it is", *(f"{np.mean(parts[m]):+.2f}" for m in metrics.GATE), f"{loop:.3f}", number(silence)])
    floors = [known[s].floor.mean() for s in columns]
    rows.append(["floor", number(np.mean(floors)), *map(number, floors)])
    best = ["best", "", *(min(rows[:-1], key=lambda row: float(row[2 + i]))[0] for i in range(len(columns)))]
    text.append("## Gap z\n\n" + table(["settings", "mean", *columns], [*rows, best]))
    text.append("## Mean deviation over the styles, in sd\n\n" + table(["settings", *metrics.GATE, "LOOP", "silence (bars)"], signed))
    return "\n".join(text)
