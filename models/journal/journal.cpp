// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journal/journal.h"

#include "models/journal/journal_file.h"

namespace atalaya::journal {

using namespace Qt::Literals::StringLiterals;

Journal::Journal(const QString &file, const Clock &clock, QObject *parent) : Journal(file, clock, Settings(), parent) {}

Journal::Journal(const QString &file, const Clock &clock, Settings settings, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_worker(new QObject)
    , m_file(std::make_unique<JournalFile>(file, settings.busyTimeout))
{
    m_thread.setObjectName(u"journal"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    refresh();
    if (settings.pollInterval > Milliseconds(0)) {
        connect(&m_poll, &QTimer::timeout, this, [this] {
            if (!m_isPolling)
                refresh();
        });
        m_poll.start(settings.pollInterval);
    }
}

Journal::~Journal()
{
    // Queued after everything that was asked; the connection must end in the thread that opened it.
    QMetaObject::invokeMethod(m_worker, [this] {
        m_file.reset();
        m_thread.quit();
    });
    m_thread.wait();
}

template <typename T, typename Work>
Pending<T> Journal::inThread(Work work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QMetaObject::invokeMethod(m_worker, [this, promise, work = std::move(work)] {
        Result<T> result = work(*m_file);
        Result<QList<Entry>> added = QList<Entry>();
        if (result)
            added = m_file->entriesAfter(m_lastRead);
        if (added && !added->isEmpty())
            m_lastRead = added->last().row;
        QMetaObject::invokeMethod(this, [this, promise, result = std::move(result), added = std::move(added)] {
            take(added, result ? std::nullopt : std::optional<Error>(result.error()));
            promise->addResult(result);
            promise->finish();
        });
    });
    return promise->future();
}

void Journal::take(const Result<QList<Entry>> &added, const std::optional<Error> &failed)
{
    const bool wasRead = m_isRead;
    const std::optional<Error> before = m_error;
    m_error = failed ? failed : added ? std::nullopt : std::optional<Error>(added.error());
    m_isRead = m_isRead || !m_error;
    if (added) {
        for (const Entry &entry : *added) {
            m_entries.append(entry);
            fold(m_commands, entry);
        }
    }
    if ((added && !added->isEmpty()) || wasRead != m_isRead || before != m_error)
        Q_EMIT changed();
}

Pending<qint64> Journal::append(const Content &content)
{
    return inThread<qint64>([content, at = m_clock.now()](JournalFile &file) { return file.append(at, content); });
}

Pending<bool> Journal::refresh()
{
    m_isPolling = true;
    const Pending<bool> read = inThread<bool>([](JournalFile &file) { return file.open(); });
    whenDone(read, this, [this](const Result<bool> &) { m_isPolling = false; });
    return read;
}

Pending<Verification> Journal::verify()
{
    return inThread<Verification>([](JournalFile &file) { return file.verify(); });
}

QList<CommandRecord> Journal::commands() const
{
    QList<CommandRecord> newestFirst = m_commands;
    std::reverse(newestFirst.begin(), newestFirst.end());
    return newestFirst;
}

std::optional<CommandRecord> Journal::command(const QString &id) const
{
    const auto it = std::find_if(m_commands.rbegin(), m_commands.rend(),
                                 [&](const CommandRecord &record) { return record.intent.id == id; });
    return it == m_commands.rend() ? std::nullopt : std::optional<CommandRecord>(*it);
}

} // namespace atalaya::journal
