// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/correlation.h"
#include "app/fleet/simulation.h"
#include "models/base/result.h"

#include <memory>

namespace spdlog {
class logger;
}

namespace atalaya::fleet {

enum class LogLevel
{
    Debug,
    Info,
    Warning,
    Error
};
inline constexpr LogLevel allLogLevels[] = {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error};
const char *wordFor(LogLevel level);

/// The log file of one instance, kept across restarts and rotated: `instance.log`, `.1.log`, `.2.log`, 10 MB each.
class LogFile
{
public:
    static constexpr std::size_t largestFile = 10 * 1024 * 1024;
    static constexpr std::size_t olderFiles = 2;

    /// The folder is made where it is missing. `sizeLimit` is for tests.
    static Result<std::unique_ptr<LogFile>> open(const QString &path, std::size_t sizeLimit = largestFile);
    /// Takes lines and keeps none.
    static std::unique_ptr<LogFile> discarding();
    ~LogFile();

    bool isDiscarding() const { return !m_logger; }

    void write(LogLevel level, const std::string &line);
    void flush();

private:
    explicit LogFile(std::shared_ptr<spdlog::logger> logger);

    std::shared_ptr<spdlog::logger> m_logger;
};

enum class LogShape
{
    Plain,      ///< text
    Correlated, ///< JSON with `context`: service, correlation_id, request_id
    Winston     ///< flat JSON of a Node service: lower-case level, `component`; a correlation ID on control lines only
};

/// What one process writes. Lines below `threshold` are neither written nor counted.
class ServiceLog
{
public:
    /// `written` hears of each line, and whether it is valid JSON.
    ServiceLog(LogFile &file, const Simulation &simulation, std::string service, LogShape shape, LogLevel threshold,
               std::function<void(LogLevel, bool isJson)> written);

    /// `context` is null for lines that belong to no request.
    void write(LogLevel level, const std::string &logger, const std::string &message,
               const CorrelationContext *context = nullptr);

private:
    LogFile &m_file;
    const Simulation &m_simulation;
    std::string m_service;
    LogShape m_shape;
    LogLevel m_threshold;
    std::function<void(LogLevel, bool)> m_written;
};

} // namespace atalaya::fleet
