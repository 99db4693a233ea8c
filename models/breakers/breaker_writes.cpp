// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/breakers/breaker_writes.h"

#include "models/breakers/ops_breaker_write_adapter.h"

#include <QtCore/QRegularExpression>

namespace atalaya::breakers {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longestHold = 86'400;

control::Command breakerCommand(const QString &environment, const QString &action, const QString &system,
                                const QString &name, const QStringList &instances, const QString &reason)
{
    control::Command command{environment, action, system, name, {}, {}, reason, {}};
    for (const QString &instance : instances)
        command.instances.append({instance, {}, {}});
    return command;
}

bool isName(const QString &name)
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9._-]{1,64}\\z"_s);
    return form.match(name).hasMatch();
}

/// Why the command's parameters cannot be used, or nothing.
QString faultOf(const control::Command &command)
{
    if (command.action == u"breaker.reset_all") {
        for (const QString &name :
             command.parameters.contains(u"names"_s) ? command.parameters.at(u"names"_s).split(u',') : QStringList()) {
            if (!isName(name))
                return u"\"%1\" is not the name of a breaker"_s.arg(name);
        }
        return {};
    }
    if (!isName(command.target))
        return u"\"%1\" is not the name of a breaker"_s.arg(command.target);
    if (const auto hold = command.parameters.find(u"hold_seconds"_s); hold != command.parameters.end()) {
        bool isNumber = false;
        const int seconds = hold->second.toInt(&isNumber);
        if (!isNumber || seconds < 1 || seconds > longestHold)
            return u"a hold lasts from 1 s to 24 h"_s;
    }
    return {};
}

} // namespace

control::Command tripCommand(const QString &environment, const QString &system, const QString &name,
                             const QStringList &instances, std::optional<Seconds> hold, const QString &reason)
{
    control::Command command = breakerCommand(environment, u"breaker.trip"_s, system, name, instances, reason);
    if (hold)
        command.parameters[u"hold_seconds"_s] = QString::number(hold->count());
    return command;
}

control::Command releaseCommand(const QString &environment, const QString &system, const QString &name,
                                const QStringList &instances, const QString &reason)
{
    return breakerCommand(environment, u"breaker.release"_s, system, name, instances, reason);
}

control::Command resetCommand(const QString &environment, const QString &system, const QString &name,
                              const QStringList &instances, const QString &reason)
{
    return breakerCommand(environment, u"breaker.reset"_s, system, name, instances, reason);
}

control::Command resetAllCommand(const QString &environment, const QString &system, const QStringList &names,
                                 const QStringList &instances, const QString &reason)
{
    control::Command command = breakerCommand(environment, u"breaker.reset_all"_s, system, u"*"_s, instances, reason);
    if (!names.isEmpty())
        command.parameters[u"names"_s] = names.join(u',');
    return command;
}

BreakerWrites::BreakerWrites(const workspace::Environment &environment, http::Transport &transport,
                             workspace::EndpointResolver &resolver, QObject *parent)
    : QObject(parent), m_environment(environment), m_transport(transport), m_resolver(resolver)
{
}

bool BreakerWrites::canWrite(const QString &system) const
{
    return std::any_of(
        m_environment.systems.begin(), m_environment.systems.end(), [&](const workspace::System &configured) {
            return configured.key == system && configured.breakers && configured.breakers->adapter == u"ops";
        });
}

Result<std::unique_ptr<control::InstanceWrite>> BreakerWrites::writeFor(const control::Command &command,
                                                                        const control::InstanceAsk &ask)
{
    const QString where = command.system + u'/' + ask.instance;
    if (const QString fault = faultOf(command); !fault.isEmpty())
        return failure(ErrorKind::BadInput, where, fault);
    for (const workspace::System &system : m_environment.systems) {
        if (system.key != command.system)
            continue;
        if (!canWrite(system.key))
            return failure(ErrorKind::Unsupported, system.key, u"its breakers can only be read"_s);
        for (const workspace::Instance &instance : system.instances) {
            if (instance.name != ask.instance)
                continue;
            const workspace::ControlSettings &settings = *system.breakers;
            const control::OpsPlace place{instance.access,
                                          settings.writeAuth.kind == workspace::Auth::Kind::None ? settings.auth
                                                                                                 : settings.writeAuth,
                                          settings.base};
            if (command.action == u"breaker.reset_all") {
                const auto names = command.parameters.find(u"names"_s);
                return std::make_unique<OpsResetAllWrite>(
                    m_transport, m_resolver, place,
                    names == command.parameters.end() ? QStringList() : names->second.split(u','));
            }
            static const std::map<QString, OpsBreakerWrite::Action> actions{
                {u"breaker.trip"_s, OpsBreakerWrite::Action::Trip},
                {u"breaker.release"_s, OpsBreakerWrite::Action::Release},
                {u"breaker.reset"_s, OpsBreakerWrite::Action::Reset}};
            const auto action = actions.find(command.action);
            if (action == actions.end())
                return failure(ErrorKind::Unsupported, where, u"%1 is not known"_s.arg(command.action));
            const BreakerId id{system.key, command.target, instance.name};
            return std::make_unique<OpsBreakerWrite>(
                m_transport, m_resolver, place, action->second, command.target,
                [this, id](const ControlReading &reading) { Q_EMIT readingTaken(id, reading); });
        }
        return failure(ErrorKind::BadInput, where, u"is not an instance of %1"_s.arg(system.key));
    }
    return failure(ErrorKind::BadInput, where, u"is not a system of this environment"_s);
}

} // namespace atalaya::breakers
