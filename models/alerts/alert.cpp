// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/alert.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

QString stateWord(AlertState state)
{
    switch (state) {
    case AlertState::Pending:
        return u"pending"_s;
    case AlertState::Firing:
        return u"firing"_s;
    case AlertState::Silenced:
        return u"silenced"_s;
    case AlertState::Inhibited:
        return u"inhibited"_s;
    }
    return u"firing"_s;
}

State stateOf(const Alert &alert)
{
    if (alert.state == AlertState::Pending)
        return State::Pending;
    if (alert.state != AlertState::Firing || alert.severity == u"info" || alert.severity == u"none")
        return State::Info;
    // A severity nobody told us about is shown as a warning: it must neither vanish nor wake everybody.
    return alert.severity == u"critical" ? State::Critical : State::Warning;
}

int severityRank(const QString &severity)
{
    if (severity == u"critical")
        return 0;
    if (severity == u"warning")
        return 1;
    return severity == u"info" ? 2 : 3;
}

QString fingerprintOf(const Labels &labels)
{
    quint64 hash = 14695981039346656037ULL;
    const auto add = [&hash](const QByteArray &bytes) {
        for (const char byte : bytes) {
            hash ^= static_cast<quint8>(byte);
            hash *= 1099511628211ULL;
        }
    };
    // Go sorts label names by their UTF-8 bytes, QString compares UTF-16: the two differ beyond the basic plane.
    std::map<QByteArray, QByteArray> sorted;
    for (const auto &[name, value] : labels)
        sorted.emplace(name.toUtf8(), value.toUtf8());
    for (const auto &[name, value] : sorted) {
        add(name);
        add(QByteArray(1, '\xff'));
        add(value);
        add(QByteArray(1, '\xff'));
    }
    return u"%1"_s.arg(hash, 16, 16, QChar(u'0'));
}

} // namespace atalaya::alerts
