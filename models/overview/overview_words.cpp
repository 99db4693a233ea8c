// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/overview/overview_words.h"

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;

QString listText(const QStringList &items)
{
    if (items.size() < 2)
        return items.join(QString());
    return items.mid(0, items.size() - 1).join(u", "_s) + u" and "_s + items.last();
}

QString stateTitle(State state)
{
    switch (state) {
    case State::Ok:
        return u"Healthy"_s;
    case State::Pending:
        return u"Pending"_s;
    case State::Warning:
        return u"Warning"_s;
    case State::Stale:
        return u"Stale"_s;
    case State::Unknown:
        return u"Not known"_s;
    case State::Critical:
        return u"Critical"_s;
    case State::Forced:
        return u"Forced"_s;
    case State::Info:
        return u"Info"_s;
    }
    return u"Not known"_s;
}

QString failureText(const Error &error)
{
    return error.httpStatus >= 400 ? u"answered %1"_s.arg(error.httpStatus) : wordsFor(error.kind);
}

} // namespace atalaya::overview
