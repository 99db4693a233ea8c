// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/end_to_end/drill_program.h"

#include "tests/support/event_loop.h"

#include <QtCore/QUrlQuery>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;

namespace {

QString program()
{
    return QStringLiteral(ATALAYA_BINARY_DIR "/bin/atalaya");
}

/// Neither the operator's own settings nor a workspace of theirs.
QProcessEnvironment cleanEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"ATALAYA_WORKSPACE"_s);
    static const QTemporaryDir home;
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
    return environment;
}

} // namespace

ProgramRun runAtalaya(const QStringList &arguments, int seconds)
{
    QProcess process;
    process.setProcessEnvironment(cleanEnvironment());
    process.start(program(), arguments);
    ProgramRun run;
    if (!runUntil([&] { return process.state() == QProcess::NotRunning; }, std::chrono::seconds(seconds))) {
        process.kill();
        process.waitForFinished();
        run.error = "did not end in time";
        return run;
    }
    run.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    run.out = process.readAllStandardOutput();
    run.error = process.readAllStandardError();
    return run;
}

DrillProgram::DrillProgram(double speed)
{
    m_process.setProcessEnvironment(cleanEnvironment());
    m_process.start(program(), {u"drill"_s, u"--json"_s, u"--speed"_s, QString::number(speed)});
    QByteArray line;
    runUntil(
        [&] {
            line += m_process.readAllStandardOutput();
            return line.contains('\n') || m_process.state() == QProcess::NotRunning;
        },
        std::chrono::seconds(60));
    m_addresses = Json::parse(line.left(line.indexOf('\n')).toStdString(), nullptr, false);
    if (m_addresses.is_discarded())
        m_addresses = nullptr;
}

DrillProgram::~DrillProgram()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(20'000))
        m_process.kill();
    m_process.waitForFinished();
}

Json getJson(const QString &url, const QByteArray &token)
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(url)};
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    runUntil([&] { return reply->isFinished(); });
    return Json::parse(reply->readAll().toStdString(), nullptr, false);
}

Json prometheusVector(const QString &prometheus, const QString &expr)
{
    QUrl url(prometheus + u"/api/v1/query"_s);
    QUrlQuery query;
    query.addQueryItem(u"query"_s, QString::fromLatin1(QUrl::toPercentEncoding(expr)));
    url.setQuery(query);
    const Json answer = getJson(QString::fromLatin1(url.toEncoded()));
    return answer.is_discarded() || !answer.contains("data") ? Json::array() : answer["data"]["result"];
}

} // namespace atalaya::test
