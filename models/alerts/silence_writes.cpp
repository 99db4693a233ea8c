// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/alerts/silence_writes.h"

#include "models/alerts/silence_write_adapter.h"
#include "models/base/time_text.h"

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

control::Command silenceChange(const QString &environment, const QString &action, const QList<Silence> &silences,
                               const QString &reason)
{
    control::Command command{environment, action, {}, {}, {}, {}, reason, {}};
    for (const Silence &silence : silences) {
        command.target = silence.id;
        command.instances.append({silence.alertmanager, {{u"id"_s, silence.id}}, {}});
    }
    return command;
}

QString parameterOf(const control::Command &command, const control::InstanceAsk &ask, const QString &name)
{
    const auto own = ask.parameters.find(name);
    if (own != ask.parameters.end())
        return own->second;
    const auto common = command.parameters.find(name);
    return common == command.parameters.end() ? QString() : common->second;
}

/// Why the matchers make no silence, or nothing.
QString faultOfMatchers(const QString &text)
{
    const Result<QList<Matcher>> matchers = parseMatchers(text);
    if (!matchers)
        return matchers.error().summary;
    if (matchers->isEmpty())
        return u"a silence needs a matcher"_s;
    // Alertmanager refuses a silence that an alert without any label would meet.
    if (matchesAll(*matchers, {}))
        return u"at least one matcher must not match an empty label"_s;
    return {};
}

} // namespace

QStringList alertmanagersFor(const workspace::Environment &environment, const QStringList &silentSources)
{
    QStringList names;
    QMap<QString, QString> chosen; ///< of each cluster
    for (const workspace::Source &source : environment.sources) {
        if (source.kind != workspace::SourceKind::Alertmanager)
            continue;
        if (source.cluster.isEmpty()) {
            names += source.name;
        } else if (!chosen.contains(source.cluster)) {
            chosen.insert(source.cluster, source.name);
            names += source.name;
        } else if (silentSources.contains(chosen.value(source.cluster)) && !silentSources.contains(source.name)) {
            names[names.indexOf(chosen.value(source.cluster))] = source.name;
            chosen.insert(source.cluster, source.name);
        }
    }
    return names;
}

control::Command silenceCommand(const QString &environment, const QList<Matcher> &matchers, Timestamp startsAt,
                                Timestamp endsAt, const QStringList &alertmanagers, const QString &reason)
{
    const QString text = matchersText(matchers);
    control::Command command{environment, u"silence.create"_s, {}, text, {}, {}, reason, {}};
    command.parameters = {{u"matchers"_s, text}, {u"starts_at"_s, rfc3339(startsAt)}, {u"ends_at"_s, rfc3339(endsAt)}};
    for (const QString &alertmanager : alertmanagers)
        command.instances.append({alertmanager, {}, {}});
    return command;
}

control::Command extendCommand(const QString &environment, const QList<Silence> &silences, Timestamp endsAt,
                               const QString &reason)
{
    control::Command command = silenceChange(environment, u"silence.extend"_s, silences, reason);
    command.parameters[u"ends_at"_s] = rfc3339(endsAt);
    return command;
}

control::Command expireCommand(const QString &environment, const QList<Silence> &silences, const QString &reason)
{
    return silenceChange(environment, u"silence.expire"_s, silences, reason);
}

SilenceWrites::SilenceWrites(const workspace::Environment &environment, http::Transport &transport,
                             workspace::EndpointResolver &resolver)
    : m_environment(environment), m_transport(transport), m_resolver(resolver)
{
}

Result<std::unique_ptr<control::InstanceWrite>> SilenceWrites::writeFor(const control::Command &command,
                                                                        const control::InstanceAsk &ask)
{
    static const std::map<QString, SilenceWrite::Action> actions{{u"silence.create"_s, SilenceWrite::Action::Create},
                                                                 {u"silence.extend"_s, SilenceWrite::Action::Extend},
                                                                 {u"silence.expire"_s, SilenceWrite::Action::Expire}};
    const auto action = actions.find(command.action);
    if (action == actions.end())
        return failure(ErrorKind::Unsupported, ask.instance, u"%1 is not known"_s.arg(command.action));
    const bool isNew = action->second == SilenceWrite::Action::Create;
    const QString subject = parameterOf(command, ask, isNew ? u"matchers"_s : u"id"_s);
    if (isNew) {
        const QString fault = faultOfMatchers(subject);
        if (!fault.isEmpty())
            return failure(ErrorKind::BadInput, ask.instance, fault);
    } else if (subject.isEmpty() || subject.contains(u'/')) {
        return failure(ErrorKind::BadInput, ask.instance, u"\"%1\" is not the id of a silence"_s.arg(subject));
    }
    if (action->second != SilenceWrite::Action::Expire && !parseTime(parameterOf(command, ask, u"ends_at"_s)))
        return failure(ErrorKind::BadInput, ask.instance, u"a silence needs an end"_s);
    for (const workspace::Source &source : m_environment.sources) {
        if (source.kind == workspace::SourceKind::Alertmanager && source.name == ask.instance)
            return std::make_unique<SilenceWrite>(m_transport, m_resolver, source.access, source.writeAuth,
                                                  action->second, subject);
    }
    return failure(ErrorKind::BadInput, ask.instance, u"is not an Alertmanager of this environment"_s);
}

} // namespace atalaya::alerts
