// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/pending.h"
#include "models/journal/command_record.h"
#include "models/journal/verification.h"

#include <QtCore/QObject>
#include <QtCore/QThread>
#include <QtCore/QTimer>

namespace atalaya::journal {

class JournalFile;

/// Who did what and what came of it, kept for good. Writes and reads in a thread of its own, in order; nobody here
/// waits for the disk. What other processes add to the same file is noticed within `pollInterval`. Errors are Storage:
/// after one, nothing of that call is on disk, and the next call tries again.
class Journal final : public QObject
{
    Q_OBJECT
public:
    struct Settings
    {
        Milliseconds busyTimeout{5'000};  ///< how long to wait for another process' write
        Milliseconds pollInterval{2'000}; ///< zero: never by itself
    };

    /// `file` is made with mode 0600 where it is missing, its folder too.
    Journal(const QString &file, const Clock &clock, QObject *parent = nullptr);
    Journal(const QString &file, const Clock &clock, Settings settings, QObject *parent = nullptr);
    /// Writes what is queued, then ends.
    ~Journal() override;

    /// The row's number once it is on disk; by then `entries` holds it.
    Pending<qint64> append(const Content &content);
    /// Reads what others added.
    Pending<bool> refresh();
    Pending<Verification> verify();

    /// True once the file was read, so that nothing here means nothing there.
    bool isRead() const { return m_isRead; }
    /// Why the last call failed; empty after one that did not.
    std::optional<Error> error() const { return m_error; }
    /// As far as read, oldest first.
    const QList<Entry> &entries() const { return m_entries; }
    /// Newest first.
    QList<CommandRecord> commands() const;
    std::optional<CommandRecord> command(const QString &id) const;

Q_SIGNALS:
    /// Entries, `isRead` or `error` are others than before.
    void changed();

private:
    /// Runs `work(JournalFile &)` in the journal's thread, takes in what was added, then ends the promise.
    template <typename T, typename Work>
    Pending<T> inThread(Work work);
    void take(const Result<QList<Entry>> &added, const std::optional<Error> &failed);

    const Clock &m_clock;
    QThread m_thread;
    QObject *m_worker;                   ///< lives in the thread
    std::unique_ptr<JournalFile> m_file; ///< the thread's own, as is the row it read last
    qint64 m_lastRead = 0;
    QTimer m_poll;
    bool m_isPolling = false;
    bool m_isRead = false;
    std::optional<Error> m_error;
    QList<Entry> m_entries;
    QList<CommandRecord> m_commands; ///< oldest first
};

} // namespace atalaya::journal
