// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"

#include <QtWidgets/QAbstractButton>

namespace atalaya::common {

/// What a pill says of one source, or of several live ones merged ("4 sources").
struct FreshnessReading
{
    QString name;
    Freshness freshness = Freshness::Waiting;
    Milliseconds age{}; ///< since the last good answer; of the oldest where merged
    QString lastGood;   ///< absolute time of the last good answer, for the tool tip; empty: never
    QString lastError;  ///< one line, for the tool tip

    bool operator==(const FreshnessReading &) const = default;
};

/// 22 px: live with a ring and its age, stale and unreachable with a border and the word. Never green while silent. A
/// click is `clicked`; the page opens the source's last error.
class FreshnessPill : public QAbstractButton
{
    Q_OBJECT
public:
    explicit FreshnessPill(QWidget *parent = nullptr);
    void setReading(const FreshnessReading &reading);
    const FreshnessReading &reading() const { return m_reading; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    FreshnessReading m_reading;
};

/// The words beside the name: "4 s", "stale 4 min", "unreachable", "waiting".
QString freshnessWords(const FreshnessReading &reading);

} // namespace atalaya::common
