window.YTD.direct_messages.part0 = [
 {
  "dmConversation": {
   "conversationId": "7-9",
   "messages": [
    {
     "messageCreate": {
      "id": "3",
      "senderId": "9",
      "recipientId": "7",
      "text": "",
      "createdAt": "2026-03-05T21:10:00.000Z",
      "mediaUrls": [
       "https://m.example/a.jpg"
      ],
      "urls": []
     }
    },
    {
     "messageCreate": {
      "id": "2",
      "senderId": "9",
      "recipientId": "7",
      "text": "ok",
      "createdAt": "2026-03-05T21:09:00.000Z",
      "urls": []
     }
    },
    {
     "messageCreate": {
      "id": "1",
      "senderId": "7",
      "recipientId": "9",
      "text": "see https://t.co/abc",
      "createdAt": "2026-03-05T21:08:00.000Z",
      "urls": [
       {
        "url": "https://t.co/abc",
        "expanded": "https://trade.example/join",
        "display": "x"
       }
      ]
     }
    },
    {
     "reactionCreate": {
      "senderId": "7"
     }
    }
   ]
  }
 }
]