// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/stack/history_feed.h"

#include "app/stack/open_metrics.h"
#include "app/stack/private_files.h"
#include "models/http/body_decoder.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cmath>

namespace atalaya::stack {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto pauseBetweenLooks = 500ms;
/// A process that is still starting refuses its metrics; it is asked again soon, so that nothing between is lost.
constexpr Milliseconds scrapeTick = 100ms;
/// Prometheus' targets appear seconds after its start; where they never do, the feed does not scrape for ever.
constexpr auto longestJoint = 3min;

Timestamp systemNow()
{
    return SystemClock().now();
}

} // namespace

Result<QMap<std::pair<QString, QString>, Timestamp>> firstScrapes(const QByteArray &answer, Timestamp begin)
{
    const QJsonDocument json = QJsonDocument::fromJson(answer);
    if (json[u"status"].toString() != u"success" || json[u"data"][u"resultType"].toString() != u"matrix")
        return failure(ErrorKind::Malformed, u"prometheus"_s, u"did not answer with a range of samples"_s,
                       QString::fromUtf8(answer.left(200)));
    QMap<std::pair<QString, QString>, Timestamp> first;
    for (const QJsonValue &series : json[u"data"][u"result"].toArray()) {
        for (const QJsonValue &sample : series[u"values"].toArray()) {
            const Timestamp time{Milliseconds(std::llround(sample[0].toDouble() * 1000.0))};
            if (time <= begin)
                continue;
            first.insert({series[u"metric"][u"job"].toString(), series[u"metric"][u"instance"].toString()}, time);
            break;
        }
    }
    return first;
}

HistoryFeed::HistoryFeed(http::Transport &transport, Plan plan, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_plan(std::move(plan))
    , m_writer(u"atalaya-fleet --history"_s, m_plan.logFile, true)
    , m_promtool(u"promtool"_s, m_plan.logFile, false)
{
    m_writer.makeGentle();
    m_promtool.makeGentle();
    connect(&m_writer, &ChildProcess::lineWritten, this, &HistoryFeed::takeWriterLine);
    connect(&m_writer, &ChildProcess::ended, this, [this](const Error &error) {
        if (m_isOver)
            return;
        if (!m_writer.hasEndedWell()) {
            fail(error);
            return;
        }
        m_isWriterDone = true;
        finishWhenDone();
    });
    connect(&m_promtool, &ChildProcess::ended, this, &HistoryFeed::takeBlocks);
    m_scrapeTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_scrapeTimer, &QTimer::timeout, this, &HistoryFeed::scrapeWhatIsDue);
    m_watchTimer.setInterval(pauseBetweenLooks);
    connect(&m_watchTimer, &QTimer::timeout, this, &HistoryFeed::askForFirstScrapes);
}

void HistoryFeed::start()
{
    m_begin = systemNow();
    for (const QString &folder : {m_plan.workFolder, m_plan.workFolder + u"/pieces"_s}) {
        if (const Result<void> made = makePrivateFolder(folder); !made) {
            fail(made.error());
            return;
        }
    }
    Q_EMIT progress(u"writing history"_s);
    m_isScraping.fill(false, m_plan.targets.size());
    m_lastScrape.fill(Timestamp{}, m_plan.targets.size());
    scrapeWhatIsDue();
    m_scrapeTimer.start(scrapeTick);
    // The past's counters end at this moment and the live ones begin at 0 in it: what happened in between would be
    // lost.
    m_writer.start(m_plan.fleetProgram,
                   {u"--config"_s, m_plan.fleetConfig, u"--history"_s, m_plan.workFolder + u"/pieces"_s, u"--until"_s,
                    QString::number(m_begin.time_since_epoch().count()), u"--span"_s,
                    QString::number(m_plan.span.count()), u"--step"_s, QString::number(m_plan.step.count())},
                   m_plan.workFolder);
}

void HistoryFeed::watchPrometheus(const QUrl &prometheus)
{
    m_prometheus = prometheus;
    if (!m_isOver)
        m_watchTimer.start();
}

void HistoryFeed::stop()
{
    m_isOver = true;
    m_scrapeTimer.stop();
    m_watchTimer.stop();
    m_pieces.clear();
    m_writer.stop(1s);
    m_promtool.stop(1s);
}

void HistoryFeed::scrapeWhatIsDue()
{
    const Timestamp now = systemNow();
    if (now - m_begin > longestJoint) {
        Error error;
        error.kind = ErrorKind::Timeout;
        error.endpoint = u"prometheus"_s;
        error.summary = u"did not scrape the fleet, so history has nothing to join"_s;
        fail(error);
        return;
    }
    for (qsizetype i = 0; i < m_plan.targets.size(); ++i) {
        if (m_isScraping.at(i) || now - m_lastScrape.at(i) < m_plan.step)
            continue;
        m_isScraping[i] = true;
        http::Endpoint endpoint;
        endpoint.url = m_plan.targets.at(i).url;
        endpoint.timeout = std::min<Milliseconds>(m_plan.step, 5s);
        http::HttpRequest request;
        request.path = m_plan.targets.at(i).metricsPath;
        whenDone(m_transport.fetch(endpoint, request), this,
                 [this, i, now](const Result<http::HttpResponse> &answer) { takeScrape(i, now, answer); });
    }
}

void HistoryFeed::takeScrape(qsizetype target, Timestamp time, const Result<http::HttpResponse> &answer)
{
    m_isScraping[target] = false;
    if (m_isOver || m_isJointWritten || !answer || answer->status != 200)
        return;
    const Result<QByteArray> body = http::plainBody(*answer);
    if (!body)
        return;
    m_lastScrape[target] = time;
    m_scrapes.append({target, time, answer->elapsed, *body});
}

void HistoryFeed::askForFirstScrapes()
{
    http::Endpoint endpoint;
    endpoint.url = m_prometheus;
    endpoint.timeout = 5s;
    http::HttpRequest request;
    request.path = u"/api/v1/query"_s;
    request.query = {{u"query"_s, u"up[10m]"_s}};
    whenDone(m_transport.fetch(endpoint, request), this,
             [this](const Result<http::HttpResponse> &answer) { takeFirstScrapes(answer); });
}

void HistoryFeed::takeFirstScrapes(const Result<http::HttpResponse> &answer)
{
    if (m_isOver || m_isJointWritten || !answer || answer->status != 200)
        return;
    const Result<QByteArray> body = http::plainBody(*answer);
    if (!body)
        return;
    const auto first = firstScrapes(*body, m_begin);
    if (!first)
        return;
    for (qsizetype i = 0; i < m_plan.targets.size(); ++i) {
        const auto it = first->constFind({m_plan.targets.at(i).job, m_plan.targets.at(i).instance});
        if (it == first->constEnd())
            return;
        m_firstLive[i] = *it;
    }
    m_watchTimer.stop();
    m_scrapeTimer.stop();
    writeJoint();
}

void HistoryFeed::writeJoint()
{
    m_isJointWritten = true;
    QByteArray lines;
    for (const Scrape &scrape : std::as_const(m_scrapes)) {
        if (scrape.time >= m_firstLive.value(scrape.target))
            continue;
        const Target &target = m_plan.targets.at(scrape.target);
        lines += scrapedLines(scrape.exposition, {{u"job"_s, target.job}, {u"instance"_s, target.instance}},
                              scrape.time, scrape.duration);
    }
    m_scrapes.clear();
    if (!lines.isEmpty()) {
        const QString piece = m_plan.workFolder + u"/joint.om"_s;
        if (const Result<void> written = writePrivateFile(piece, lines + "# EOF\n"); !written) {
            fail(written.error());
            return;
        }
        m_pieces.enqueue(piece);
    }
    makeNextBlocks();
    finishWhenDone();
}

void HistoryFeed::takeWriterLine(const QByteArray &line)
{
    if (m_isOver || line.isEmpty())
        return;
    const QString piece = QJsonDocument::fromJson(line)[u"piece"].toString();
    if (!piece.startsWith(m_plan.workFolder)) {
        Error error;
        error.kind = ErrorKind::Malformed;
        error.endpoint = m_writer.name();
        error.summary = u"said something else than where a piece of history is"_s;
        error.serverWords = QString::fromUtf8(line.left(200));
        fail(error);
        return;
    }
    m_pieces.enqueue(piece);
    makeNextBlocks();
}

void HistoryFeed::makeNextBlocks()
{
    if (m_isOver || !m_pieceUnderWay.isEmpty() || m_pieces.isEmpty())
        return;
    m_pieceUnderWay = m_pieces.dequeue();
    ++m_pieceCount;
    // A fresh folder for each piece: promtool would join onto what it finds.
    m_promtool.start(m_plan.promtool,
                     {u"tsdb"_s, u"create-blocks-from"_s, u"openmetrics"_s, u"--quiet"_s, m_pieceUnderWay,
                      m_plan.workFolder + u"/blocks-%1"_s.arg(m_pieceCount)},
                     m_plan.workFolder);
}

void HistoryFeed::takeBlocks(const Error &error)
{
    if (m_isOver)
        return;
    if (!m_promtool.hasEndedWell()) {
        fail(error);
        return;
    }
    // A block is a folder; a rename within the file system shows it whole or not at all.
    QDir blocks(m_plan.workFolder + u"/blocks-%1"_s.arg(m_pieceCount));
    for (const QString &block : blocks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!QDir().rename(blocks.filePath(block), m_plan.dataFolder + u'/' + block)) {
            Error refused;
            refused.kind = ErrorKind::Storage;
            refused.endpoint = m_plan.dataFolder;
            refused.summary = u"does not take a block of history"_s;
            fail(refused);
            return;
        }
    }
    blocks.removeRecursively();
    QFile::remove(m_pieceUnderWay);
    m_pieceUnderWay.clear();
    makeNextBlocks();
    finishWhenDone();
}

void HistoryFeed::finishWhenDone()
{
    if (m_isOver || !m_isWriterDone || !m_isJointWritten || !m_pieceUnderWay.isEmpty() || !m_pieces.isEmpty())
        return;
    m_isOver = true;
    QDir(m_plan.workFolder).removeRecursively();
    Q_EMIT progress(u"history is written; Prometheus shows it within a minute"_s);
    Q_EMIT written();
}

void HistoryFeed::fail(const Error &error)
{
    if (m_isOver)
        return;
    stop();
    Q_EMIT failed(error);
}

} // namespace atalaya::stack

#include "moc_history_feed.cpp"
