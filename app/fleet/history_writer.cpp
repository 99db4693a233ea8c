// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/history_writer.h"

#include <QtCore/QFile>

#include <cstdio>
#include <sstream>

namespace atalaya::fleet {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr Milliseconds blockSpan = std::chrono::hours(2);

/// A clock that is told where in the past it stands.
class StoryClock final : public Clock
{
public:
    explicit StoryClock(Timestamp begin) : m_begin(begin), m_now(begin) {}
    Timestamp now() const override { return m_now; }
    Milliseconds elapsed() const override { return m_now - m_begin; }
    void moveTo(Timestamp now) { m_now = now; }

private:
    Timestamp m_begin;
    Timestamp m_now;
};

/// Collects the lines of one block at a time.
class PieceFile
{
public:
    PieceFile(QString folder, const std::function<void(const QString &)> &written)
        : m_folder(std::move(folder)), m_written(written)
    {
    }

    Result<void> append(const std::string &lines, Timestamp at)
    {
        const qint64 block = at.time_since_epoch() / blockSpan;
        if (m_file.isOpen() && block != m_block) {
            if (auto closed = close(); !closed)
                return closed;
        }
        if (!m_file.isOpen()) {
            m_block = block;
            m_file.setFileName(m_folder + u"/history-%1.om"_s.arg(++m_count));
            if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
                return fault();
        }
        if (m_file.write(lines.data(), qint64(lines.size())) != qint64(lines.size()))
            return fault();
        return {};
    }

    Result<void> close()
    {
        if (!m_file.isOpen())
            return {};
        if (m_file.write("# EOF\n") < 0 || !m_file.flush())
            return fault();
        m_file.close();
        m_written(m_file.fileName());
        return {};
    }

private:
    Result<void> fault() const
    {
        return failure(ErrorKind::Storage, m_file.fileName(), u"the history cannot be written"_s, m_file.errorString());
    }

    QString m_folder;
    const std::function<void(const QString &)> &m_written;
    QFile m_file;
    qint64 m_block = 0;
    int m_count = 0;
};

} // namespace

std::string scrapeLines(const Answer &answer, const std::string &job, const std::string &instance, Timestamp at)
{
    const std::string added = "job=\"" + job + "\",instance=\"" + instance + "\"";
    const qint64 ms = at.time_since_epoch().count();
    char time[48];
    std::snprintf(time, sizeof time, " %lld.%03lld\n", static_cast<long long>(ms / 1000),
                  static_cast<long long>(ms % 1000));

    std::string lines;
    lines.reserve(answer.body.size() * 2);
    int count = 0;
    std::istringstream in(answer.status == 200 ? answer.body : std::string());
    for (std::string line; std::getline(in, line);) {
        const auto space = line.rfind(' ');
        if (line.empty() || line[0] == '#' || space == std::string::npos || space == 0)
            continue;
        ++count;
        const bool hasLabels = line[space - 1] == '}';
        lines.append(line, 0, hasLabels ? space - 1 : space);
        lines += (hasLabels ? "," : "{") + added + "}";
        lines.append(line, space, std::string::npos);
        lines += time;
    }
    const auto own = [&](const char *name, const std::string &value) {
        lines += std::string(name) + "{" + added + "} " + value + time;
    };
    own("up", answer.status == 200 ? "1" : "0");
    own("scrape_duration_seconds", answer.status == 200 ? "0.002" : "0.001");
    own("scrape_samples_scraped", std::to_string(count));
    own("scrape_samples_post_metric_relabeling", std::to_string(count));
    own("scrape_series_added", "0");
    return lines;
}

Result<void> writeHistory(const FleetSettings &settings, const HistoryPlan &plan,
                          const std::function<void(const QString &)> &written)
{
    if (plan.step.count() <= 0 || plan.span < plan.step)
        return failure(ErrorKind::BadInput, {}, u"a history needs a step, and a span that holds at least one"_s);
    StoryClock clock(plan.until - plan.span);
    Simulation simulation(clock, settings.speed, plan.step * 2);
    const std::vector<SystemDefinition> systems = knownSystems();
    std::vector<std::unique_ptr<ServiceInstance>> instances;
    for (const FleetSettings::Instance &wanted : settings.instances) {
        const auto system = std::ranges::find(systems, wanted.system, &SystemDefinition::key);
        if (system == systems.end())
            return failure(ErrorKind::BadInput, {},
                           u"the fleet has no system \"%1\""_s.arg(QString::fromStdString(wanted.system)));
        // Not the live run's seed: the past must not look like a copy of what follows.
        instances.push_back(std::make_unique<ServiceInstance>(*system, wanted.settings, simulation, clock,
                                                              settings.seed + 1, settings.credentials));
        instances.back()->openUnheard();
    }

    PieceFile piece(plan.folder, written);
    for (Timestamp at = plan.until - plan.span + plan.step; at <= plan.until; at += plan.step) {
        clock.moveTo(at);
        for (const auto &instance : instances) {
            std::vector<std::pair<std::string, std::string>> targets{
                {instance->system().job, instance->system().metricsPath}};
            for (const NeighbourTarget &neighbour : instance->system().neighbours)
                targets.emplace_back(neighbour.job, neighbour.metricsPath);
            for (const auto &[job, path] : targets) {
                const Answer answer = instance->answer({.method = "GET", .path = path});
                if (const auto appended = piece.append(scrapeLines(answer, job, instance->id(), at), at); !appended)
                    return appended;
            }
        }
    }
    return piece.close();
}

} // namespace atalaya::fleet
