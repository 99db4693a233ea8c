// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/owned_server.h"

#include "models/http/body_decoder.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>
#include <QtNetwork/QTcpServer>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int mostAttempts = 5;
constexpr auto pauseBetweenQuestions = 30ms;
constexpr auto graceForAWrongPort = 500ms;

} // namespace

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : quint16(0);
}

bool isPrometheusOf(const QString &configFile, const QByteArray &flagsAnswer)
{
    const QJsonDocument json = QJsonDocument::fromJson(flagsAnswer);
    return !configFile.isEmpty() && json[u"data"][u"config.file"].toString() == configFile;
}

bool isAlertmanagerOf(const QString &marker, const QByteArray &statusAnswer)
{
    const QString config = QJsonDocument::fromJson(statusAnswer)[u"config"][u"original"].toString();
    const QRegularExpression receiver(u"^\\s*- name: \"?%1\"?\\s*$"_s.arg(QRegularExpression::escape(marker)),
                                      QRegularExpression::MultilineOption);
    return !marker.isEmpty() && receiver.match(config).hasMatch();
}

OwnedServer::OwnedServer(http::Transport &transport, Recipe recipe, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_recipe(std::move(recipe))
    , m_process(m_recipe.name, m_recipe.logFile, false)
{
    if (!m_recipe.choosePort)
        m_recipe.choosePort = freePort;
    connect(&m_process, &ChildProcess::started, this, &OwnedServer::ask);
    connect(&m_process, &ChildProcess::ended, this, &OwnedServer::takeEnd);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBetweenQuestions);
    connect(&m_pause, &QTimer::timeout, this, &OwnedServer::ask);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(m_recipe.deadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        Error error;
        error.kind = ErrorKind::Timeout;
        error.endpoint = m_recipe.name;
        error.summary = u"did not get ready within %1 s"_s.arg(m_recipe.deadline.count() / 1000);
        error.serverWords = m_process.lastWords();
        giveUp(error);
    });
}

QUrl OwnedServer::url() const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    return url;
}

void OwnedServer::start()
{
    m_deadline.start();
    tryPort();
}

void OwnedServer::stop(std::chrono::milliseconds grace)
{
    m_isOver = true;
    m_pause.stop();
    m_deadline.stop();
    m_process.stop(grace);
}

void OwnedServer::tryPort()
{
    ++m_attempt;
    m_isAnothers = false;
    m_port = m_recipe.choosePort();
    if (m_port == 0) {
        Error error;
        error.kind = ErrorKind::Storage;
        error.endpoint = m_recipe.name;
        error.summary = u"finds no free port on 127.0.0.1"_s;
        giveUp(error);
        return;
    }
    m_process.start(m_recipe.program, m_recipe.arguments(m_port), m_recipe.folder);
}

void OwnedServer::ask()
{
    if (m_isReady || m_isOver || m_isAnothers || !m_process.isActive())
        return;
    http::Endpoint endpoint;
    endpoint.url = url();
    endpoint.timeout = 2s;
    http::HttpRequest request;
    request.path = m_recipe.identityPath;
    const quint16 askedPort = m_port;
    whenDone(m_transport.fetch(endpoint, request), this, [this, askedPort](const Result<http::HttpResponse> &answer) {
        if (askedPort == m_port)
            take(answer);
    });
}

void OwnedServer::take(const Result<http::HttpResponse> &answer)
{
    if (m_isReady || m_isOver || m_isAnothers)
        return;
    // No answer yet, or "not ready yet" (503): ask again. Anything else settles who is there.
    const bool isAnswer = answer && answer->status != 503;
    if (!isAnswer) {
        m_pause.start();
        return;
    }
    const Result<QByteArray> body = http::plainBody(*answer);
    if (answer->status == 200 && body && m_recipe.isOurs(*body) && m_process.isActive()) {
        m_isReady = true;
        m_deadline.stop();
        Q_EMIT ready();
        return;
    }
    m_isAnothers = true;
    if (m_process.isActive())
        m_process.stop(graceForAWrongPort);
}

void OwnedServer::takeEnd(const Error &error)
{
    m_pause.stop();
    if (m_isOver)
        return;
    // A child that ends before it is ready most often lost the race for its port.
    if (!m_isReady && m_attempt < mostAttempts && error.kind != ErrorKind::Storage) {
        tryPort();
        return;
    }
    giveUp(error);
}

void OwnedServer::giveUp(Error error)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_pause.stop();
    m_deadline.stop();
    Q_EMIT failed(error);
}

} // namespace atalaya::stack

#include "moc_owned_server.cpp"
