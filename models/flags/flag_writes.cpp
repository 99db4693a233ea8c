// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/flags/flag_writes.h"

#include "models/flags/ops_flag_write_adapter.h"

#include <QtCore/QRegularExpression>

namespace atalaya::flags {

using namespace Qt::Literals::StringLiterals;

control::Command setFlagCommand(const QString &environment, const QString &system, const QString &name,
                                const QStringList &instances, bool value, const QString &reason)
{
    control::Command command{environment, u"flag.set"_s, system, name, {}, {}, reason, {}};
    command.parameters[u"value"_s] = value ? u"on"_s : u"off"_s;
    for (const QString &instance : instances)
        command.instances.append({instance, {}, {}});
    return command;
}

FlagWrites::FlagWrites(const workspace::Environment &environment, http::Transport &transport,
                       workspace::EndpointResolver &resolver, QObject *parent)
    : QObject(parent), m_environment(environment), m_transport(transport), m_resolver(resolver)
{
}

bool FlagWrites::canWrite(const QString &system) const
{
    return std::any_of(m_environment.systems.begin(), m_environment.systems.end(),
                       [&](const workspace::System &configured) {
                           return configured.key == system && configured.flags && configured.flags->adapter == u"ops";
                       });
}

Result<std::unique_ptr<control::InstanceWrite>> FlagWrites::writeFor(const control::Command &command,
                                                                     const control::InstanceAsk &ask)
{
    static const QRegularExpression name(u"\\A[A-Za-z0-9._-]{1,64}\\z"_s);
    const QString where = command.system + u'/' + ask.instance;
    control::Fields parameters = ask.parameters;
    parameters.insert(command.parameters.begin(), command.parameters.end());
    const auto value = parameters.find(u"value"_s);
    if (command.action != u"flag.set")
        return failure(ErrorKind::Unsupported, where, u"%1 is not known"_s.arg(command.action));
    if (!name.match(command.target).hasMatch())
        return failure(ErrorKind::BadInput, where, u"\"%1\" is not the name of a flag"_s.arg(command.target));
    if (value == parameters.end() || (value->second != u"on" && value->second != u"off"))
        return failure(ErrorKind::BadInput, where, u"a flag is set on or off"_s);
    for (const workspace::System &system : m_environment.systems) {
        if (system.key != command.system)
            continue;
        if (!canWrite(system.key))
            return failure(ErrorKind::Unsupported, system.key, u"its flags can only be read"_s);
        for (const workspace::Instance &instance : system.instances) {
            if (instance.name != ask.instance)
                continue;
            const workspace::ControlSettings &settings = *system.flags;
            const control::OpsPlace place{instance.access,
                                          settings.writeAuth.kind == workspace::Auth::Kind::None ? settings.auth
                                                                                                 : settings.writeAuth,
                                          settings.base};
            const FlagId id{system.key, command.target, instance.name};
            return std::make_unique<OpsFlagWrite>(m_transport, m_resolver, place, command.target,
                                                  [this, id](const Flag &flag) {
                                                      Flag known = flag;
                                                      known.id = id;
                                                      Q_EMIT flagRead(id, known);
                                                  });
        }
        return failure(ErrorKind::BadInput, where, u"is not an instance of %1"_s.arg(system.key));
    }
    return failure(ErrorKind::BadInput, where, u"is not a system of this environment"_s);
}

} // namespace atalaya::flags
