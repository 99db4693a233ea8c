// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/stack_plan.h"

#include "models/base/time_text.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;

namespace {

using Values = QList<std::pair<QString, QString>>;

Result<QByteArray> bundledFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, path, u"is not among the program's own files"_s, file.errorString());
    return file.readAll();
}

Result<QByteArray> filled(const QString &templateFile, const Values &values)
{
    const Result<QByteArray> text = bundledFile(templateFile);
    if (!text)
        return text;
    QString result = QString::fromUtf8(*text);
    for (const auto &[name, value] : values)
        result.replace(u"${"_s + name + u'}', value);
    if (result.contains(u"${"))
        return failure(ErrorKind::Malformed, templateFile, u"has a place that nothing fills"_s);
    return result.toUtf8();
}

QString hostAndPort(const QUrl &url)
{
    return u"%1:%2"_s.arg(url.host()).arg(url.port());
}

QJsonObject bearerFile(const QString &file)
{
    return {{u"bearer"_s, QJsonObject{{u"file"_s, file}}}};
}

QString shortenedDuration(const QString &text, const Pace &pace, Milliseconds least)
{
    const Result<Milliseconds> span = parseDuration(text);
    return span ? durationText(pace.shortened(*span, least)) : text;
}

QJsonObject withAuth(QJsonObject control, const TokenFiles &tokens)
{
    control[u"auth"_s] = bearerFile(tokens.viewer);
    control[u"write_auth"_s] = bearerFile(tokens.operatorFile);
    return control;
}

QJsonArray goldenSignals(const QJsonArray &signalList, const Pace &pace)
{
    QJsonArray result;
    for (const QJsonValue &value : signalList) {
        QJsonObject signal = value.toObject();
        const Result<QByteArray> expr = scaleRules(signal[u"expr"].toString().toUtf8(), pace);
        if (expr)
            signal[u"expr"_s] = QString::fromUtf8(*expr);
        result.append(signal);
    }
    return result;
}

QJsonObject workspaceSystem(const SystemPlan &system, const Pace &pace, const DrillAddresses &addresses,
                            const TokenFiles &tokens, const QStringList &dashboards)
{
    QJsonObject json = system.workspace;
    json[u"key"_s] = system.key;
    json[u"prometheus"_s] = u"prom-drill"_s;
    json[u"selector"_s] = u"job=\"%1\""_s.arg(system.job);
    QJsonArray instances;
    for (const DrillInstance &instance : addresses.instances) {
        if (instance.system != system.key)
            continue;
        instances.append(QJsonObject{{u"name"_s, instance.id},
                                     {u"url"_s, instance.url.toString()},
                                     {u"labels"_s, QJsonObject{{u"instance"_s, instance.id}}}});
    }
    json[u"instances"_s] = instances;

    QJsonObject health = json[u"health"].toObject();
    health[u"interval"_s] = shortenedDuration(health[u"interval"].toString(), pace, Seconds(1));
    json[u"health"_s] = health;
    for (const QString &control : {u"breakers"_s, u"flags"_s}) {
        if (json.contains(control))
            json[control] = withAuth(json[control].toObject(), tokens);
    }
    json[u"golden"_s] = goldenSignals(json[u"golden"].toArray(), pace);

    QJsonArray own;
    for (const QString &dashboard : dashboards) {
        if (dashboard.section(u'/', -1).startsWith(system.key))
            own.append(dashboard);
    }
    if (!own.isEmpty())
        json[u"dashboards"_s] = own;
    return json;
}

} // namespace

Result<QList<SystemPlan>> bundledSystems()
{
    const QString folder = u":/stack/systems"_s;
    QList<SystemPlan> systems;
    for (const QString &name : QDir(folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        const QString path = folder + u'/' + name;
        const Result<QByteArray> bytes = bundledFile(path);
        if (!bytes)
            return failure(bytes.error());
        QJsonParseError fault;
        const QJsonDocument json = QJsonDocument::fromJson(*bytes, &fault);
        SystemPlan system;
        system.key = json[u"key"].toString();
        system.job = json[u"job"].toString();
        system.metricsPath = json[u"metrics_path"].toString();
        for (const QJsonValue &instance : json[u"instances"].toArray())
            system.instances.append(instance.toString());
        system.environment = json[u"environment"].toObject();
        system.workspace = json[u"workspace"].toObject();
        if (system.key.isEmpty() || system.job.isEmpty() || system.instances.isEmpty())
            return failure(ErrorKind::Malformed, path, u"does not describe a system"_s, fault.errorString());
        systems.append(std::move(system));
    }
    if (systems.isEmpty())
        return failure(ErrorKind::Storage, folder, u"holds no system"_s);
    return systems;
}

QByteArray fleetConfig(const QList<SystemPlan> &systems, const Pace &pace, quint64 seed, const TokenFiles &tokens,
                       const QString &logFolder)
{
    QJsonArray instances;
    for (const SystemPlan &system : systems) {
        for (const QString &id : system.instances) {
            instances.append(QJsonObject{
                {u"system"_s, system.key}, {u"id"_s, id}, {u"port"_s, 0}, {u"environment"_s, system.environment}});
        }
    }
    const QJsonObject json{{u"speed"_s, pace.speed},
                           {u"seed"_s, static_cast<qint64>(seed)},
                           {u"log_dir"_s, logFolder},
                           {u"tokens"_s, QJsonObject{{u"viewer_file"_s, tokens.viewer},
                                                     {u"operator_file"_s, tokens.operatorFile},
                                                     {u"admin_file"_s, tokens.admin}}},
                           {u"instances"_s, instances}};
    return QJsonDocument(json).toJson();
}

Result<QByteArray> prometheusConfig(const QList<SystemPlan> &systems, const Pace &pace, const DrillAddresses &addresses)
{
    const Milliseconds interval = pace.scrapeInterval();
    Result<QByteArray> config =
        filled(u":/stack/prometheus.yml"_s,
               {{u"scrape_interval"_s, durationText(interval)},
                {u"scrape_timeout"_s, durationText(std::min<Milliseconds>(interval, Seconds(10)))},
                {u"alertmanager"_s, hostAndPort(addresses.alertmanager)}});
    for (const SystemPlan &system : systems) {
        const Result<QByteArray> job =
            filled(u":/stack/scrape_job.yml"_s, {{u"job"_s, system.job}, {u"metrics_path"_s, system.metricsPath}});
        if (!config || !job)
            return config ? job : config;
        *config += *job;
        for (const DrillInstance &instance : addresses.instances) {
            if (instance.system != system.key)
                continue;
            const Result<QByteArray> target =
                filled(u":/stack/scrape_target.yml"_s,
                       {{u"target"_s, hostAndPort(instance.url)}, {u"instance"_s, instance.id}});
            if (!target)
                return target;
            *config += *target;
        }
    }
    return config;
}

Result<QByteArray> alertmanagerConfig(const Pace &pace, const QString &marker)
{
    return filled(u":/stack/alertmanager.yml"_s,
                  {{u"group_wait"_s, durationText(pace.shortened(Seconds(30), Seconds(1)))},
                   {u"group_interval"_s, durationText(pace.shortened(std::chrono::minutes(5), Seconds(1)))},
                   {u"marker"_s, marker}});
}

QByteArray workspaceFile(const QList<SystemPlan> &systems, const Pace &pace, const DrillAddresses &addresses,
                         const TokenFiles &tokens, const QStringList &dashboards)
{
    QJsonArray systemList;
    for (const SystemPlan &system : systems)
        systemList.append(workspaceSystem(system, pace, addresses, tokens, dashboards));
    const QJsonObject prometheus{{u"name"_s, u"prom-drill"_s},
                                 {u"url"_s, addresses.prometheus.toString()},
                                 {u"scrape_interval"_s, durationText(pace.scrapeInterval())}};
    const QJsonObject alertmanager{{u"name"_s, u"am-drill"_s}, {u"url"_s, addresses.alertmanager.toString()}};
    const QJsonObject environment{{u"name"_s, u"drill"_s},
                                  {u"guard"_s, u"open"_s},
                                  {u"prometheus"_s, QJsonArray{prometheus}},
                                  {u"alertmanager"_s, QJsonArray{alertmanager}},
                                  {u"systems"_s, systemList}};
    const QJsonObject workspace{
        {u"atalaya"_s, 1}, {u"name"_s, u"Drill"_s}, {u"environments"_s, QJsonArray{environment}}};
    return QJsonDocument(workspace).toJson();
}

Result<QByteArray> rulesFor(const SystemPlan &system, const Pace &pace)
{
    const QString path = u":/rules/%1.yml"_s.arg(system.key);
    const Result<QByteArray> rules = bundledFile(path);
    if (!rules)
        return rules;
    return scaleRules(*rules, pace).map_error([&](Error error) {
        error.endpoint = path + u", "_s + error.endpoint;
        return error;
    });
}

} // namespace atalaya::stack
