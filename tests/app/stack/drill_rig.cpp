// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/stack/drill_rig.h"

#include "models/http/body_decoder.h"
#include "tests/support/event_loop.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <cmath>

namespace atalaya::stack::test {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

http::Endpoint endpointOf(const QUrl &server, const QString &tokenFile)
{
    http::Endpoint endpoint;
    endpoint.url = server;
    endpoint.timeout = 10s;
    if (!tokenFile.isEmpty()) {
        QFile file(tokenFile);
        if (file.open(QIODevice::ReadOnly))
            endpoint.credential = http::Credential::bearer(file.readAll().trimmed());
    }
    return endpoint;
}

} // namespace

DrillRig::DrillRig(DrillOptions options) : m_options(std::move(options))
{
    if (m_options.parentFolder.isEmpty())
        m_options.parentFolder = m_folder.filePath(u"stacks"_s);
    if (m_options.programs.fleet.isEmpty())
        m_options.programs.fleet = QStringLiteral(ATALAYA_BINARY_DIR "/bin/atalaya-fleet");
    m_stack = std::make_unique<DrillStack>(m_transport, m_options);
    QObject::connect(m_stack.get(), &DrillStack::ready, m_stack.get(), [this] { m_events.append(u"ready"_s); });
    QObject::connect(m_stack.get(), &DrillStack::historyWritten, m_stack.get(),
                     [this] { m_events.append(u"history"_s); });
    QObject::connect(m_stack.get(), &DrillStack::historyFailed, m_stack.get(),
                     [this](const Error &error) { m_events.append(u"historyFailed: "_s + sentenceFor(error)); });
    QObject::connect(m_stack.get(), &DrillStack::failed, m_stack.get(), [this](const Error &error) {
        m_failure = sentenceFor(error);
        m_events.append(u"failed"_s);
    });
    QObject::connect(m_stack.get(), &DrillStack::ended, m_stack.get(), [this] { m_events.append(u"ended"_s); });
}

bool DrillRig::startAndAwaitReady()
{
    m_stack->start();
    return atalaya::test::runUntil([this] { return m_stack->isReady() || m_events.contains(u"failed"_s); }, patience) &&
           m_stack->isReady();
}

bool DrillRig::stopAndAwaitEnd()
{
    m_stack->stop();
    return atalaya::test::runUntil([this] { return m_events.contains(u"ended"_s); }, patience);
}

QJsonDocument DrillRig::get(const QUrl &server, const QString &path, const QList<std::pair<QString, QString>> &query,
                            const QString &tokenFile)
{
    http::HttpRequest request;
    request.path = path;
    request.query = query;
    const auto answer = atalaya::test::await(m_transport.fetch(endpointOf(server, tokenFile), request));
    if (!answer || answer->status != 200)
        return {};
    const Result<QByteArray> body = http::plainBody(*answer);
    return body ? QJsonDocument::fromJson(*body) : QJsonDocument();
}

std::set<QString> DrillRig::alerts(const QString &state)
{
    const QJsonDocument answer = get(addresses().prometheus, u"/api/v1/alerts"_s);
    std::set<QString> names;
    for (const QJsonValue &alert : answer[u"data"][u"alerts"].toArray()) {
        if (alert[u"state"].toString() == state)
            names.insert(alert[u"labels"][u"alertname"].toString());
    }
    return names;
}

std::set<QString> DrillRig::alertsInAlertmanager()
{
    std::set<QString> names;
    for (const QJsonValue &alert : get(addresses().alertmanager, u"/api/v2/alerts"_s).array())
        names.insert(alert[u"labels"][u"alertname"].toString());
    return names;
}

QList<double> DrillRig::instantValues(const QString &expression)
{
    QList<double> values;
    const QJsonDocument answer = get(addresses().prometheus, u"/api/v1/query"_s, {{u"query"_s, expression}});
    for (const QJsonValue &series : answer[u"data"][u"result"].toArray()) {
        const double value = series[u"value"][1].toString().toDouble();
        if (!std::isnan(value))
            values.append(value);
    }
    return values;
}

QList<QList<double>> DrillRig::rangeTimes(const QString &expression, double from, double to, double step)
{
    const auto number = [](double value) { return QString::number(value, 'f', 3); };
    const QJsonDocument answer =
        get(addresses().prometheus, u"/api/v1/query_range"_s,
            {{u"query"_s, expression}, {u"start"_s, number(from)}, {u"end"_s, number(to)}, {u"step"_s, number(step)}});
    QList<QList<double>> times;
    for (const QJsonValue &series : answer[u"data"][u"result"].toArray()) {
        QList<double> own;
        for (const QJsonValue &sample : series[u"values"].toArray()) {
            if (sample[1].toString() != u"NaN")
                own.append(sample[0].toDouble());
        }
        times.append(own);
    }
    return times;
}

bool DrillRig::setIncident(const QString &name, bool isActive, const QString &instance)
{
    QJsonObject wanted{{u"active"_s, isActive}};
    if (!instance.isEmpty())
        wanted[u"instance"_s] = instance;
    http::HttpRequest request;
    request.method = "PUT";
    request.path = u"/incidents/"_s + name;
    request.body = QJsonDocument(wanted).toJson(QJsonDocument::Compact);
    request.contentType = "application/json";
    const auto answer =
        atalaya::test::await(m_transport.send(endpointOf(addresses().fleetAdmin, addresses().adminTokenFile), request));
    return answer && answer->status == 200;
}

} // namespace atalaya::stack::test
