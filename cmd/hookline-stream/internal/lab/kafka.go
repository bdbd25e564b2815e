package lab

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// StartKafka starts kfake, which speaks Kafka's protocol and is no Kafka: one
// process, no replication. It returns its brokers.
func StartKafka(t testing.TB, partitions int32, topics ...string) string {
	t.Helper()
	cluster, err := kfake.NewCluster(kfake.NumBrokers(3), kfake.SeedTopics(partitions, topics...))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	return strings.Join(cluster.ListenAddrs(), ",")
}

// KafkaLag counts the records of a topic that a group has not committed yet;
// -1 while that is not known.
func KafkaLag(t testing.TB, brokers, topic, group string) int64 {
	t.Helper()
	ctx, cancel := contextFor(5 * time.Second)
	defer cancel()
	client, err := kgo.NewClient(kgo.SeedBrokers(strings.Split(brokers, ",")...))
	require.NoError(t, err)
	defer client.Close()
	admin := kadm.NewClient(client)
	ends, err := admin.ListEndOffsets(ctx, topic)
	if err != nil {
		return -1
	}
	committed, err := admin.FetchOffsets(ctx, group)
	if err != nil {
		return -1
	}
	var lag, total int64
	ends.Each(func(end kadm.ListedOffset) {
		total += end.Offset
		at, _ := committed.Lookup(topic, end.Partition)
		lag += end.Offset - max(0, at.At)
	})
	if total == 0 {
		return -1
	}
	return lag
}
