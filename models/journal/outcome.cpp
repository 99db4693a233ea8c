// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/outcome.h"

namespace atalaya::journal {

using namespace Qt::Literals::StringLiterals;

QString outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied:
        return u"applied"_s;
    case Outcome::Unchanged:
        return u"unchanged"_s;
    case Outcome::Refused:
        return u"refused"_s;
    case Outcome::Conflict:
        return u"conflict"_s;
    case Outcome::Failed:
        return u"failed"_s;
    case Outcome::Unknown:
        return u"unknown"_s;
    }
    return u"unknown"_s;
}

std::optional<Outcome> outcomeFromWord(const QString &word)
{
    for (const Outcome outcome : {Outcome::Applied, Outcome::Unchanged, Outcome::Refused, Outcome::Conflict,
                                  Outcome::Failed, Outcome::Unknown}) {
        if (outcomeWord(outcome) == word)
            return outcome;
    }
    return std::nullopt;
}

} // namespace atalaya::journal
