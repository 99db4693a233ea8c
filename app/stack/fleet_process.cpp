// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/fleet_process.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QHostAddress>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto fleetDeadline = 60s;

bool isOnLoopback(const QUrl &url)
{
    return url.isValid() && url.scheme() == u"http" && url.port() > 0 && QHostAddress(url.host()).isLoopback();
}

} // namespace

Result<FleetReady> decodeFleetReady(const QByteArray &line)
{
    const QString endpoint = u"atalaya-fleet"_s;
    QJsonParseError fault;
    const QJsonDocument json = QJsonDocument::fromJson(line, &fault);
    if (!json.isObject() || !json[u"ready"].toBool())
        return failure(ErrorKind::Malformed, endpoint, u"did not say that it is ready"_s,
                       QString::fromUtf8(line.left(200)));
    FleetReady ready;
    for (const QJsonValue &value : json[u"instances"].toArray()) {
        const DrillInstance instance{value[u"system"].toString(), value[u"id"].toString(),
                                     QUrl(value[u"url"].toString())};
        if (instance.id.isEmpty() || instance.system.isEmpty() || !isOnLoopback(instance.url))
            return failure(ErrorKind::Malformed, endpoint,
                           u"named an instance without system, id or loopback address"_s);
        ready.instances.append(instance);
    }
    ready.adminUrl = QUrl(json[u"admin_url"].toString());
    if (ready.instances.isEmpty() || !isOnLoopback(ready.adminUrl))
        return failure(ErrorKind::Malformed, endpoint, u"named no instance, or no admin address on loopback"_s);
    return ready;
}

FleetProcess::FleetProcess(QString program, QString configFile, QString folder, QString logFile, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_configFile(std::move(configFile))
    , m_folder(std::move(folder))
    , m_process(u"atalaya-fleet"_s, std::move(logFile), true)
{
    connect(&m_process, &ChildProcess::lineWritten, this, &FleetProcess::takeLine);
    connect(&m_process, &ChildProcess::ended, this, &FleetProcess::giveUp);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(fleetDeadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        Error error;
        error.kind = ErrorKind::Timeout;
        error.endpoint = u"atalaya-fleet"_s;
        error.summary = u"did not get ready within %1 s"_s.arg(fleetDeadline.count());
        error.serverWords = m_process.lastWords();
        giveUp(error);
    });
}

void FleetProcess::start()
{
    m_deadline.start();
    m_process.start(m_program, {u"--config"_s, m_configFile}, m_folder);
}

void FleetProcess::takeLine(const QByteArray &line)
{
    if (m_isReady || m_isOver || line.isEmpty())
        return;
    const Result<FleetReady> said = decodeFleetReady(line);
    if (!said) {
        giveUp(said.error());
        return;
    }
    m_isReady = true;
    m_deadline.stop();
    Q_EMIT ready(*said);
}

void FleetProcess::giveUp(const Error &error)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_deadline.stop();
    Q_EMIT failed(error);
}

} // namespace atalaya::stack

#include "moc_fleet_process.cpp"
