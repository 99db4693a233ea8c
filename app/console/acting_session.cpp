// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/acting_session.h"

#include <QtCore/QStandardPaths>
#include <QtCore/QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

QString journalFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/atalaya/journal.sqlite"_s;
}

control::Operator operatorHere(const QString &client)
{
    // The account and not $USER, which anybody may set.
    const passwd *account = getpwuid(geteuid());
    const QString name = account ? QString::fromLocal8Bit(account->pw_name) : u"uid %1"_s.arg(geteuid());
    return {name, QSysInfo::machineHostName(), client};
}

ActingSession::ActingSession(const workspace::Environment &environmentUsed, bool isReadOnly, const QString &client,
                             http::Transport &transport, workspace::SecretSource &secrets, const Clock &clock)
    : environment(environmentUsed)
    , resolver(secrets)
    , journal(journalFile(), clock)
    , guard({environment}, journal, operatorHere(client), {.isReadOnly = isReadOnly}, clock)
    , breakers(environment, transport, resolver)
    , flags(environment, transport, resolver)
    , silences(environment, transport, resolver)
    , runner(journal, guard, operatorHere(client), clock)
{
    runner.addSource(environment.name, u"breaker"_s, breakers);
    runner.addSource(environment.name, u"flag"_s, flags);
    runner.addSource(environment.name, u"silence"_s, silences);
}

} // namespace atalaya::console
