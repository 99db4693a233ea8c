// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert_store.h"
#include "models/base/clock.h"
#include "models/metrics/metric_store.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::alerts {

/// Every alert that is not resolved, filtered by matchers, grouped by a label, one of them in the side panel. While a
/// source is silent every count reads "at least" and an empty list is never green. Reads only.
class AlertsPage final : public QWidget
{
    Q_OBJECT
public:
    /// All references must outlive the page.
    AlertsPage(const workspace::Environment &environment, const AlertStore &store, metrics::MetricStore &metrics,
               const refresh::SourceMonitor &monitor, const Clock &clock, const QTimeZone &zone,
               QWidget *parent = nullptr);
    ~AlertsPage() override;

    QString subtitle() const;
    /// Shows only this system's alerts, beside what the filter bar says; empty: all.
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &zone);
    bool isSettled() const;
    /// Splitter, grouping and the filter's text, for the owner to keep between runs.
    QVariantMap remembered() const;
    void recall(const QVariantMap &remembered);
    /// Opens the side panel on an alert; an unknown fingerprint changes nothing.
    void showAlert(const QString &fingerprint);

Q_SIGNALS:
    void subtitleChanged();
    void askNowRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::alerts
