// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/log_setup.h"

#include "models/base/phone_mask.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

void toSpdlog(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const auto level = type == QtDebugMsg     ? spdlog::level::debug
                       : type == QtInfoMsg    ? spdlog::level::info
                       : type == QtWarningMsg ? spdlog::level::warn
                                              : spdlog::level::critical;
    spdlog::log(level, "[{}] {}", context.category ? context.category : "default", masked(message).toStdString());
}

} // namespace

QString masked(QString text)
{
    static const QRegularExpression bearer(u"(?i)((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{4,}"_s);
    static const QRegularExpression userInfo(u"(://)[^/@\\s]+@"_s);
    text.replace(bearer, u"\\1***"_s);
    text.replace(userInfo, u"\\1***@"_s);
    return withoutPhones(std::move(text));
}

QString setUpLog()
{
    std::vector<spdlog::sink_ptr> sinks;
    QString file;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + u"/log"_s;
    if (QDir().mkpath(folder)) {
        file = folder + u"/atalaya.log"_s;
        try {
            sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.toStdString(), 1024 * 1024, 3));
            QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        } catch (const spdlog::spdlog_ex &) {
            file.clear();
        }
    }
    if (file.isEmpty()) {
        auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        sink->set_level(spdlog::level::warn);
        sinks.push_back(std::move(sink));
    }
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("atalaya", sinks.begin(), sinks.end()));
    spdlog::flush_on(spdlog::level::warn);
    qInstallMessageHandler(toSpdlog);
    return file;
}

} // namespace atalaya::console
