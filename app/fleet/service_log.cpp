// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/service_log.h"

#include "models/base/time_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>

namespace atalaya::fleet {

using namespace Qt::Literals::StringLiterals;

const char *wordFor(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "DEBUG";
    case LogLevel::Info:
        return "INFO";
    case LogLevel::Warning:
        return "WARNING";
    case LogLevel::Error:
        break;
    }
    return "ERROR";
}

namespace {

const char *winstonWordFor(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warn";
    case LogLevel::Error:
        break;
    }
    return "error";
}

std::string jsonLine(const nlohmann::ordered_json &json)
{
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

LogFile::LogFile(std::shared_ptr<spdlog::logger> logger) : m_logger(std::move(logger)) {}

LogFile::~LogFile()
{
    flush();
}

std::unique_ptr<LogFile> LogFile::discarding()
{
    return std::unique_ptr<LogFile>(new LogFile(nullptr));
}

Result<std::unique_ptr<LogFile>> LogFile::open(const QString &path, std::size_t sizeLimit)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return failure(ErrorKind::Storage, path, u"the log folder cannot be made"_s);
    try {
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_st>(QDir::toNativeSeparators(path).toStdString(),
                                                                           sizeLimit, olderFiles);
        auto logger = std::make_shared<spdlog::logger>("service", std::move(sink));
        logger->set_pattern("%v");
        logger->set_level(spdlog::level::trace);
        logger->flush_on(spdlog::level::err);
        return std::unique_ptr<LogFile>(new LogFile(std::move(logger)));
    } catch (const spdlog::spdlog_ex &error) {
        return failure(ErrorKind::Storage, path, u"the log file cannot be opened"_s, QString::fromUtf8(error.what()));
    }
}

void LogFile::write(LogLevel level, const std::string &line)
{
    static constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info,
                                                           spdlog::level::warn, spdlog::level::err};
    if (m_logger)
        m_logger->log(levels[int(level)], spdlog::string_view_t(line.data(), line.size()));
}

void LogFile::flush()
{
    if (m_logger)
        m_logger->flush();
}

ServiceLog::ServiceLog(LogFile &file, const Simulation &simulation, std::string service, LogShape shape,
                       LogLevel threshold, std::function<void(LogLevel, bool)> written)
    : m_file(file)
    , m_simulation(simulation)
    , m_service(std::move(service))
    , m_shape(shape)
    , m_threshold(threshold)
    , m_written(std::move(written))
{
}

void ServiceLog::write(LogLevel level, const std::string &logger, const std::string &message,
                       const CorrelationContext *context)
{
    if (level < m_threshold)
        return;
    if (m_file.isDiscarding()) { // counted as what it would have been
        m_written(level, m_shape != LogShape::Plain);
        return;
    }
    const std::string time = rfc3339(m_simulation.moment().wall).toStdString();
    std::string line;
    switch (m_shape) {
    case LogShape::Plain:
        line = time + " - " + logger + " - " + wordFor(level) + " - " + message;
        break;
    case LogShape::Correlated: {
        nlohmann::ordered_json about{{"service", m_service}, {"correlation_id", nullptr}, {"request_id", nullptr}};
        if (context) {
            about["correlation_id"] = context->correlationId;
            about["request_id"] = context->requestId;
        }
        line = jsonLine({{"timestamp", time},
                         {"level", wordFor(level)},
                         {"logger", logger},
                         {"message", message},
                         {"context", std::move(about)}});
        break;
    }
    case LogShape::Winston: {
        nlohmann::ordered_json json{{"level", winstonWordFor(level)},
                                    {"message", message},
                                    {"timestamp", time},
                                    {"component", logger},
                                    {"service", m_service}};
        if (context)
            json["correlation_id"] = context->correlationId;
        line = jsonLine(json);
        break;
    }
    }
    m_file.write(level, line);
    m_written(level, nlohmann::json::accept(line));
}

} // namespace atalaya::fleet
