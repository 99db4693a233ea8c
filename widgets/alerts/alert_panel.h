// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/base/clock.h"
#include "models/metrics/metric_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QFrame>

#include <memory>

namespace atalaya::alerts {

/// Everything known of one alert: labels, the rule and its value around the firing, the last 24 hours, what keeps it
/// quiet, who reports it and who is told.
class AlertPanel final : public QFrame
{
    Q_OBJECT
public:
    AlertPanel(const workspace::Environment &environment, const AlertStore &store, metrics::MetricStore &metrics,
               const Clock &clock, const QTimeZone &zone, QWidget *parent = nullptr);
    ~AlertPanel() override;

    /// Another alert starts its two queries anew; the same one only updates its texts.
    void show(const Alert &alert);
    /// The alert is no longer in the list: what was shown stays, and says so.
    void showGone();
    QString fingerprint() const;
    void setTimeZone(const QTimeZone &zone);
    /// True while no query of the shown alert is under way.
    bool isSettled() const;

Q_SIGNALS:
    void closeRequested();
    void labelChosen(const QString &name, const QString &value);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The Prometheus that can be asked about an alert: one that reports it, else its system's, else the only one; may be
/// empty.
QString prometheusOf(const workspace::Environment &environment, const Alert &alert);

} // namespace atalaya::alerts
