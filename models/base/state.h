// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace atalaya {

/// The eight states that have a shape, a word and a colour everywhere (visual.md, "States"). Declared from harmless to
/// severe in the order in which a system's worst state is chosen, `info` and `forced` aside.
enum class State
{
    Ok,
    Pending,
    Warning,
    Stale,
    Unknown,
    Critical,
    Forced,
    Info
};

/// The worse of two for a system's worst state: critical, unknown or stale, warning, pending, ok. Forced and Info never
/// win.
inline State worse(State a, State b)
{
    const auto rank = [](State s) { return s == State::Forced || s == State::Info ? -1 : static_cast<int>(s); };
    return rank(a) >= rank(b) ? a : b;
}

} // namespace atalaya
