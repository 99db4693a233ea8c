// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/breakers/breaker.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::breakers {

/// Everything known of one breaker of one instance: gauge and control endpoint side by side, configuration, counters,
/// last change.
class BreakerDetails final : public QWidget
{
    Q_OBJECT
public:
    explicit BreakerDetails(QWidget *parent = nullptr);
    ~BreakerDetails() override;

    void show(const Breaker &breaker, const QList<std::pair<Timestamp, double>> &history, Timestamp now,
              const QTimeZone &zone);
    std::optional<BreakerId> shown() const;

Q_SIGNALS:
    void closeRequested();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::breakers
